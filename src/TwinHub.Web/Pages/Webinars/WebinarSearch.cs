using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using TwinHub.Core;
using TwinHub.Core.Calendar;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>What somebody looks for, as the address carries it; what cannot be meant counts as left out.</summary>
public sealed class WebinarSearch
{
    public static readonly IReadOnlyList<string> States = ["scheduled", "live", "ended", "cancelled", "draft"];

    public string? Network { get; set; }
    public string? Group { get; set; }
    public Guid? Organiser { get; set; }
    public DateOnly? From { get; set; }

    /// <summary>The last day that counts.</summary>
    public DateOnly? Until { get; set; }

    public string? State { get; set; }
    public string? Text { get; set; }
    public string? Theme { get; set; }
    public string? Language { get; set; }

    public bool IsEmpty => Filter(TimeZoneInfo.Utc) == new WebinarFilter();

    /// <summary>Days begin and end by the reader's clock.</summary>
    public WebinarFilter Filter(TimeZoneInfo zone) => new(Clean(Network), Clean(Group), Organiser, Midnight(From, 0, zone), Midnight(Until, 1, zone),
        State is not null && States.Contains(State) ? State : null, Clean(Text),
        Theme: Clean(Theme), Language: Languages.IsKnown(Language) ? Language : null);

    /// <summary>The same search at another page of each list.</summary>
    public string Address(string? ahead, string? past) => QueryHelpers.AddQueryString("/webinars", new Dictionary<string, string?>
    {
        ["network"] = Network, ["group"] = Group, ["organiser"] = Organiser?.ToString(), ["from"] = Write(From), ["until"] = Write(Until), ["state"] = State, ["text"] = Text,
        ["theme"] = Theme, ["language"] = Language,
        ["ahead"] = ahead, ["past"] = past,
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    /// <summary>As a date field holds it.</summary>
    public static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : Names.Clean(text, 200);

    private static DateTimeOffset? Midnight(DateOnly? day, int later, TimeZoneInfo zone) => day is { Year: >= 2000 and <= 2200 } given
        ? ZonedTime.Instant(given.AddDays(later).ToDateTime(TimeOnly.MinValue), zone).ToUniversalTime() : null;
}
