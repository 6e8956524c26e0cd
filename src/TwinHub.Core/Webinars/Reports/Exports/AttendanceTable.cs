using System.Globalization;
using TwinHub.Core.Text;

namespace TwinHub.Core.Webinars.Reports.Exports;

/// <summary>Attendance as rows and columns, in a reader's language; times by the organiser's clock, which the heading names.</summary>
internal sealed record AttendanceTable(string Name, bool IsRightToLeft, IReadOnlyList<string> Headings, IReadOnlyList<AttendanceRow> Rows)
{
    public static AttendanceTable Of(Attendance attendance, Words words)
    {
        var zone = attendance.View.Organiser.TimeZone;
        string Timed(string key) => words.Say(key, ("zone", words.ZoneLabel(zone)));
        return new(words["report.attendance"], words.Direction == "rtl",
            [words["form.name"], words["form.organisation"], words["report.group"], words["form.email"], words["report.answer"], Timed("report.joined-in"), Timed("report.left-in"), words["report.minutes-there"]],
            [.. attendance.Invited.Concat(attendance.Others).Select(one => Row(attendance, one, words, TimeZoneInfo.FindSystemTimeZoneById(zone)))]);
    }

    private static AttendanceRow Row(Attendance attendance, Attendee one, Words words, TimeZoneInfo zone) => new(
        one.Name, one.Organisation?.In(words.Language) ?? "", one.Group is { } slug ? attendance.Groups[slug].Name(words.Language) : "", one.Email,
        words[one.Response is { } response ? $"organiser.answer.{response}" : "report.not-invited"], Local(one.Presence?.First, zone), Local(one.Presence?.Last, zone), one.Presence is null ? 0 : one.Presence.Minutes);

    /// <summary>To the minute.</summary>
    private static DateTime? Local(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is not { } instant ? null : TimeZoneInfo.ConvertTime(instant, zone).DateTime is var local ? local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)) : null;
}

/// <summary>One person.</summary>
/// <param name="Minutes">Null: they were there, and nobody knows how long.</param>
internal sealed record AttendanceRow(string Name, string Organisation, string Group, string Email, string Answer, DateTime? Joined, DateTime? Left, int? Minutes)
{
    public IReadOnlyList<string> Texts => [Name, Organisation, Group, Email, Answer];

    /// <summary>All of it for a file that knows no times.</summary>
    public IReadOnlyList<object?> Cells => [.. Texts, Time(Joined), Time(Left), Minutes];

    private static string Time(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
