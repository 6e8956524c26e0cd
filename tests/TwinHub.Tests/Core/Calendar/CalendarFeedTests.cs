using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

public sealed class CalendarFeedTests
{
    [Fact]
    public void Rule_39_a_feed_is_published_and_names_no_attendee()
    {
        var lines = Meetings.Lines(Meetings.Feed(Meetings.Webinar, Meetings.Webinar with { Uid = "second@example.org" }));

        Assert.Contains("METHOD:PUBLISH", lines);
        Assert.Equal(2, lines.Count(line => line == "BEGIN:VEVENT"));
        Assert.DoesNotContain(lines, line => line.StartsWith("ATTENDEE", StringComparison.Ordinal) || line.Contains("rana", StringComparison.Ordinal));
    }

    [Fact]
    public void Rule_39_a_cancelled_event_says_so_and_frees_the_hour()
    {
        var bytes = Meetings.Feed(Meetings.Webinar with { Cancelled = true });

        Assert.Equal(":CANCELLED", Meetings.Line(bytes, "STATUS"));
        Assert.Equal(":TRANSPARENT", Meetings.Line(bytes, "TRANSP"));
    }

    [Fact]
    public void A_feed_has_a_name_and_says_how_often_to_look()
    {
        var bytes = new CalendarWriter().Feed("Ağ, takvim", []);

        Assert.Equal(@":Ağ\, takvim", Meetings.Line(bytes, "NAME"));
        Assert.Equal(@":Ağ\, takvim", Meetings.Line(bytes, "X-WR-CALNAME"));
        Assert.Equal(";VALUE=DURATION:PT1H", Meetings.Line(bytes, "REFRESH-INTERVAL"));
    }

    [Fact]
    public void An_event_may_come_without_its_organiser() =>
        Assert.DoesNotContain(Meetings.Lines(Meetings.Feed(Meetings.Webinar with { Organizer = null })), line => line.StartsWith("ORGANIZER", StringComparison.Ordinal));
}
