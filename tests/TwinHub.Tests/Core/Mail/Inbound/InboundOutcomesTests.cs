using TwinHub.Core.Mail.Inbound;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>Whatever an organiser can read in the log has a sentence.</summary>
public sealed class InboundOutcomesTests
{
    /// <summary>These mails belong to no webinar.</summary>
    private static readonly string[] NowhereToRead = [InboundOutcomes.UnknownWebinar, InboundOutcomes.UnknownMail, InboundOutcomes.NoCalendar, InboundOutcomes.Fault];

    [Fact]
    public void Each_outcome_has_a_sentence() => Assert.All(
        typeof(InboundOutcomes).GetFields().Select(field => (string)field.GetValue(null)!).Except(NowhereToRead)
            .Concat(["recorded", "waiting", "stale", "closed", "promoted", "invited", "removed", "moved"]),
        outcome => Assert.Contains($"webinar.log.{outcome}", Texts.Shared.All));
}
