using TwinHub.Core.Groups;

namespace TwinHub.Core.Register;

/// <summary>Which entries to look for; what is null does not matter, all that is given must hold.</summary>
/// <param name="Text">Beginnings of words, each anywhere in the entry: names, cities, themes, its texts, activities, lessons, submitted updates.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of one of the partners.</param>
/// <param name="Theme">Beginnings of words in the group's theme.</param>
/// <param name="Activity">A kind of activity of the network's template that has begun or is done.</param>
/// <param name="Status">One of <see cref="RegisterAccess.Statuses"/>.</param>
/// <param name="Year">A year in which the group was at work, 2000 to 2999.</param>
/// <param name="Kind">The kind of one of the partner organisations.</param>
public sealed record RegisterFilter(string? Text = null, string? Country = null, string? Theme = null, string? Activity = null, string? Status = null, int? Year = null, string? Kind = null)
{
    public const int FirstYear = 2000, LastYear = 2999;
}

/// <summary>What the filters can be set to in a network.</summary>
/// <param name="Countries">Where its partners are.</param>
/// <param name="FirstYear">The year in which its first group began.</param>
public sealed record RegisterChoices(IReadOnlyList<string> Countries, int FirstYear);

/// <summary>Some of a network's entries, by slug.</summary>
/// <param name="Count">How many match on all pages.</param>
/// <param name="IsEmpty">The network has no entry at all.</param>
/// <param name="Next">The slug after which the next page begins; null: this is the last.</param>
public sealed record RegisterPage(IReadOnlyList<RegisterRow> Rows, int Count, string? Next, bool IsEmpty);

/// <summary>One entry in the list.</summary>
/// <param name="Newest">Its newest quarter; null: none has opened yet.</param>
public sealed record RegisterRow(GroupView View, RegisteredQuarter? Newest);
