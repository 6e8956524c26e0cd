using TwinHub.Core.Groups;
using TwinHub.Core.Register;
using TwinHub.Core.Text;
using TwinHub.Web.Pages.Groups;

namespace TwinHub.Web.Pages.Register;

/// <summary>A register entry's facts in words.</summary>
public static class EntryWords
{
    public static string State(RegisteredQuarter quarter, Words words) => words["entries.state." + quarter.Word];

    /// <summary>"Lebanon · Türkiye", each once; empty where no partner has a country.</summary>
    public static string Countries(GroupView view, Words words) =>
        string.Join(" · ", view.Partners.Select(partner => partner.Organisation.Country).OfType<string>().Distinct().Select(words.Country));

    /// <summary>"Informal · active since September 2025 · until December 2028".</summary>
    public static string Terms(TwinningGroup group, Words words) => string.Join(" · ", new[]
    {
        words["group.basis." + group.Basis], GroupWords.Life(group, words), group.EndsOn is { } end ? words.Say("entries.until", ("month", words.MonthYear(end))) : null,
    }.OfType<string>());

    /// <summary>Its paragraphs, as people parted them by an empty line.</summary>
    public static IEnumerable<string> Paragraphs(string text) => text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
