using TwinHub.Core;
using Xunit;

namespace TwinHub.Tests.Core;

public sealed class HubClockTests
{
    [Fact]
    public void A_late_notice_does_not_turn_the_demos_clock_back()
    {
        var clock = new HubClock(TimeProvider.System);
        clock.Forward(TimeSpan.FromDays(2));
        clock.Forward(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.FromDays(2), clock.Offset);
    }
}
