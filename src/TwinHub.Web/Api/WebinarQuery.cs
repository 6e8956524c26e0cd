using System.Globalization;
using TwinHub.Core;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Api;

/// <summary>Which webinars a program asks for.</summary>
/// <param name="Organiser">A person's id.</param>
/// <param name="From">Not over before this instant, or this day in UTC.</param>
/// <param name="Until">Begins before this instant, or by the end of this day in UTC.</param>
/// <param name="Theme">Words in the theme of the webinar or of a group invited.</param>
/// <param name="Language">The language in which it is held.</param>
/// <param name="Q">Words in the title, the context or the audience.</param>
public sealed record WebinarQuery(string? Network, string? Group, string? Organiser, string? From, string? Until, string? State, string? Q, string? Limit, string? Cursor, string? Theme, string? Language)
{
    private static readonly string[] States = [Webinar.Draft, Webinar.Scheduled, "live", "ended", Webinar.Cancelled];

    public Outcome<WebinarFilter> Filter()
    {
        var (from, until) = (Instant(From, 0), Instant(Until, 1));
        var fault = From is not null && from is null ? Refusal.Invalid("from")
            : Until is not null && until is null ? Refusal.Invalid("until")
            : State is not null && !States.Contains(State) ? Refusal.Invalid("state")
            : Theme is { Length: > 200 } ? new Refusal(RefusalCode.TooLong, Field: "theme")
            : Theme?.Contains('\0', StringComparison.Ordinal) == true ? Refusal.Invalid("theme")
            : Language is not null && !Languages.IsKnown(Language) ? Refusal.Invalid("language")
            : Q is { Length: > 200 } ? new Refusal(RefusalCode.TooLong, Field: "q")
            : Q?.Contains('\0', StringComparison.Ordinal) == true ? Refusal.Invalid("q")
            : null;
        Guid? organiser = Organiser is null ? null : Guid.TryParse(Organiser, out var known) ? known : Guid.Empty;
        return fault is null ? new WebinarFilter(Clean(Network), Clean(Group), organiser, from, until, State, Q, Theme: Theme, Language: Language) : fault;
    }

    /// <summary>A slug that cannot be one finds nothing.</summary>
    private static string? Clean(string? slug) => slug is null || Names.IsSlug(slug) ? slug : "-";

    private static DateTimeOffset? Instant(string? text, int daysAfter) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
            ? new DateTimeOffset(day.AddDays(daysAfter), TimeOnly.MinValue, TimeSpan.Zero)
        : DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant : null;
}
