using Microsoft.AspNetCore.Html;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Attendance and the follow-up in words, by the reader's clock.</summary>
public static class ReportWords
{
    /// <summary>"10:02–11:28", "from 10:02" where it is not known when they left.</summary>
    public static IHtmlContent Times(Presence presence, Reader r) => presence.Last is { } last && presence.Minutes is not null
        ? r.W.Html("invitee.hours", ("start", r.Clock(presence.First)), ("end", r.Clock(last)))
        : r.W.Html("report.since", ("from", r.Clock(presence.First)));

    /// <summary>What stands beside a name: the place, the answer, and who says that they were there.</summary>
    public static IEnumerable<string> Beside(Attendee one, bool withPlace, Reader r) => new[]
    {
        withPlace ? one.Organisation?.In(r.Language) : null,
        one.Response is { } response and not Invitation.None ? r.W[$"organiser.answer.{response}"] : null,
        one.Presence is not { } presence ? null : presence.Marked ? r.W["report.marked"] : presence.OpenedMeeting is { } at ? r.W.Say("report.opened", ("time", Clock(at, r))) : null,
    }.OfType<string>();

    /// <summary>"At most 14 people at once, at 10:32."; null: no times are known.</summary>
    public static string? Peak(Attendance attendance, Reader r) => attendance.Most is { } most ? r.W.Count("report.peak", most.People, ("time", Clock(most.At, r))) : null;

    /// <summary>What pressing the button of the follow-up did.</summary>
    public static Func<FollowedUp, string> FollowedUp(Reader r) => done => done.People is { } people ? r.W.Count("report.follow-up.done", people) : Went("report.follow-up.before", done.At, r);

    /// <summary>A sentence with the day and time at which the follow-up went out.</summary>
    public static string Went(string key, DateTimeOffset at, Reader r) => r.W.Say(key, ("date", r.W.DayHeading(DateOnly.FromDateTime(r.Local(at).DateTime), r.Today)), ("time", Clock(at, r)));

    private static string Clock(DateTimeOffset at, Reader r) => r.W.ClockInSentence(TimeOnly.FromDateTime(r.Local(at).DateTime));
}
