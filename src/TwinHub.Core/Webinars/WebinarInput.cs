using System.Globalization;
using TwinHub.Core.Text;

namespace TwinHub.Core.Webinars;

/// <summary>What an organiser enters, as it came; a field left out of a change keeps its value.</summary>
/// <param name="StartsAt">The wall time, <c>2027-03-29T10:00</c>.</param>
/// <param name="DurationMinutes">5 to 1,440.</param>
/// <param name="Capacity">1 to 10,000; 0 takes a limit away.</param>
/// <param name="Language">In which of the four languages it is held; empty: not said.</param>
public sealed record WebinarInput(
    string? Title = null, string? StartsAt = null, string? TimeZone = null, int? DurationMinutes = null, string? Location = null,
    string? JoinUrl = null, string? Context = null, IReadOnlyList<string>? Aims = null, string? Audience = null, int? Capacity = null,
    string? Language = null, string? Theme = null)
{
    private const int MaxAims = 20;
    private static readonly string[] WallTimes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The checked plan, or the first field that cannot be taken as it is.</summary>
    /// <param name="present">What holds where a field was left out; null: a new webinar.</param>
    public Outcome<WebinarPlan> Check(Webinar? present)
    {
        var title = Title is null ? present?.Title : Names.Clean(Title, 200);
        var starts = StartsAt is null ? present?.StartsLocal : WallTime(StartsAt);
        var zone = TimeZone ?? present?.TimeZone;
        var minutes = DurationMinutes ?? present?.DurationMinutes;
        var link = JoinUrl is null ? present?.JoinUrl : JoinUrl.Trim() is { Length: > 0 } given ? given : null;
        var capacity = Capacity is null ? present?.Capacity : Capacity == 0 ? null : Capacity;
        List<string?> aims = Aims is null ? [.. present?.Aims ?? []] : [.. Aims.Where(aim => !string.IsNullOrWhiteSpace(aim)).Select(aim => Names.Clean(aim, 300))];
        var (context, location, audience) = (Paragraphs(Context ?? present?.Context ?? ""), Line(Location ?? present?.Location ?? "", 200), Line(Audience ?? present?.Audience ?? "", 500));
        var (language, theme) = (Language is null ? present?.Language : Language.Length == 0 ? null : Language, Line(Theme ?? present?.Theme ?? "", 200));
        var fault = title is null ? Refusal.Invalid("title", "error.webinar.title")
            : starts is null ? Refusal.Invalid("startsAt", "error.webinar.starts")
            : !Names.IsTimeZone(zone) ? Refusal.Invalid("timeZone", "error.time_zone")
            : minutes is not (>= 5 and <= 1440) ? Refusal.Invalid("durationMinutes", "error.webinar.duration")
            : link is not null && !IsMeeting(link) ? Refusal.Invalid("joinUrl", "error.webinar.link")
            : capacity is < 1 or > 10_000 ? Refusal.Invalid("capacity", "error.webinar.capacity")
            : aims.Count > MaxAims || aims.Contains(null) ? Refusal.Invalid("aims", "error.webinar.aims")
            : context is null ? Refusal.Invalid("context", "error.webinar.text")
            : location is null ? Refusal.Invalid("location", "error.webinar.text")
            : audience is null ? Refusal.Invalid("audience", "error.webinar.text")
            : theme is null ? Refusal.Invalid("theme", "error.webinar.text")
            : language is not null && !Languages.IsKnown(language) ? Refusal.Invalid("language")
            : null;
        return fault is not null ? fault
            : new WebinarPlan(title!, starts!.Value, zone!, minutes!.Value, location!, link, context!, [.. aims.OfType<string>()], audience!, capacity, language, theme!);
    }

    /// <summary>A whole https address that a mail may carry.</summary>
    internal static bool IsMeeting(string link) =>
        link.Length <= 2000 && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0
        && link.All(c => c is > ' ' and not ('<' or '>' or '"' or '\\') && !char.IsControl(c));

    /// <summary>A wall time to the minute; null: none.</summary>
    internal static DateTime? WallTime(string text) =>
        DateTime.TryParseExact(text, WallTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is >= 2000 and <= 2200
            ? new DateTime(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, DateTimeKind.Unspecified) : null;

    private static string? Line(string text, int max) => text.Length == 0 || Names.Clean(text, max) is not null ? Names.Clean(text, max) ?? "" : string.IsNullOrWhiteSpace(text) ? "" : null;

    /// <summary>Several lines without controls and overrides; null when there is too much or it is not whole.</summary>
    private static string? Paragraphs(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => Line(line, 4000)).ToList();
        var whole = lines.Contains(null) ? null : string.Join('\n', lines).Trim();
        return whole is { Length: <= 4000 } ? whole : null;
    }
}
