namespace TwinHub.Core.Register;

/// <summary>A document that is new in a quarter, or has a new version in it.</summary>
internal sealed record ChangedDocument(Guid Id, string Name, DateOnly On, bool IsNew);

/// <summary>
/// Documents in a quarterly update: few have a line each, many share one that names the newest. A line that somebody changed, or
/// left out, keeps standing for its document.
/// </summary>
internal static class DocumentLines
{
    public const string Kind = "document";

    /// <summary>What a line of one document tells: <see cref="LineFacts.Sort"/>.</summary>
    public const string Added = "added", Renewed = "renewed", Several = "several";

    /// <summary>Up to so many documents have a line each, and so many names stand in a line they share.</summary>
    public const int Most = 3;

    /// <param name="update">By its id the shared line is known.</param>
    /// <param name="known">Lines that are stored.</param>
    public static IEnumerable<DraftLine> Of(Guid update, IReadOnlyCollection<ChangedDocument> changed, IReadOnlySet<(string Kind, Guid Source)> known)
    {
        List<ChangedDocument> open = [.. changed.Where(one => !known.Contains((Kind, one.Id))).OrderByDescending(one => one.On).ThenBy(one => one.Name, StringComparer.Ordinal)];
        return open.Count <= Most
            ? open.Select(one => new DraftLine(Kind, one.Id, new(one.Name, one.On, Sort: one.IsNew ? Added : Renewed)))
            : known.Contains((Kind, update)) ? []
            : [new DraftLine(Kind, update, new(string.Join(" · ", open.Take(Most).Select(one => one.Name)), open[0].On, Sort: Several) { Documents = open.Count })];
    }
}
