using System.Globalization;
using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

public sealed class ZonedTimeTests
{
    [Theory]
    [InlineData("Europe/Paris", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("Europe/Paris", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Paris", "2026-03-29T03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Paris", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Paris", "2026-10-25T03:00:00", "2026-10-25T02:00:00Z")]
    [InlineData("Asia/Beirut", "2026-03-29T00:30:00", "2026-03-28T22:30:00Z")]
    [InlineData("Asia/Beirut", "2026-10-24T23:30:00", "2026-10-24T20:30:00Z")]
    [InlineData("Asia/Gaza", "2025-04-12T02:30:00", "2025-04-12T00:30:00Z")]
    [InlineData("Asia/Gaza", "2025-10-25T01:30:00", "2025-10-24T22:30:00Z")]
    [InlineData("Asia/Amman", "2022-02-25T00:30:00", "2022-02-24T22:30:00Z")]
    [InlineData("Asia/Amman", "2026-03-29T00:30:00", "2026-03-28T21:30:00Z")]
    [InlineData("Asia/Baghdad", "2007-04-01T03:30:00", "2007-04-01T00:30:00Z")]
    [InlineData("Asia/Baghdad", "2007-10-01T03:30:00", "2007-09-30T23:30:00Z")]
    [InlineData("Europe/Istanbul", "2016-03-27T03:30:00", "2016-03-27T01:30:00Z")]
    [InlineData("Europe/Istanbul", "2016-09-07T00:30:00", "2016-09-06T21:30:00Z")]
    [InlineData("America/Bogota", "2026-03-29T02:30:00", "2026-03-29T07:30:00Z")]
    public void A_skipped_time_comes_later_and_of_a_doubled_one_the_first_is_meant(string zone, string local, string utc) => Assert.Equal(
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture),
        ZonedTime.Instant(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)).ToUniversalTime());
}
