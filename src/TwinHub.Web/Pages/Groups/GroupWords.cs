using TwinHub.Core.Groups;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Groups;

/// <summary>A group's facts in words.</summary>
public static class GroupWords
{
    /// <summary>The chip's look for a status; the word says the same.</summary>
    public static string StatusChip(string status) => status switch { "active" => "in", "proposed" => "open", _ => "none" };

    /// <summary>"active since September 2025", or status and start apart.</summary>
    public static string Life(TwinningGroup group, Words words) => (group.Status, group.StartsOn) switch
    {
        (_, null) => words["group.status." + group.Status],
        ("active", { } start) => words.Say("group.active-since", ("month", words.MonthYear(start))),
        (_, { } start) => words["group.status." + group.Status] + " · " + words.Say("group.since", ("month", words.MonthYear(start))),
    };

    /// <summary>"Tripoli" or the organisation's name where it has no city.</summary>
    public static string City(PartnerView partner, string language) => partner.Organisation.ShortName(language);

    /// <summary>How far the clocks of two partners are apart now; null for more than two.</summary>
    public static string? Apart(GroupView view, DateTimeOffset now, Words words)
    {
        if (view.Partners.Count != 2)
        {
            return null;
        }
        var offsets = view.Partners.Select(partner => TimeZoneInfo.FindSystemTimeZoneById(partner.Organisation.TimeZone).GetUtcOffset(now)).ToList();
        return words.HoursApart((offsets[0] - offsets[1]).Duration());
    }

    /// <summary>Every partner's short name, for "Write to Tripoli and Gaziantep".</summary>
    public static string Places(GroupView view, string language) => string.Join(" · ", view.Partners.Select(partner => City(partner, language)));
}
