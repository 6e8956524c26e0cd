using TwinHub.Core.Groups.Contributions;

namespace TwinHub.Web.Pages.Contributions;

/// <summary>A contribution in a list, whether it is stored or read from a record.</summary>
/// <param name="Key">By which a form names it: an id, or a record and both sides.</param>
public sealed record ContributionRow(string Key, Guid Giver, Guid Receiver, string Text, DateOnly HappenedOn, ContributionSource? Source, Guid? ProposedBy, Guid? SettledBy)
{
    public static ContributionRow Of(Contribution one) =>
        new(one.Id.ToString(), one.GiverId, one.ReceiverId, one.Text, one.HappenedOn, one.SourceKind is { } kind ? new(kind, one.SourceId!.Value) : null, one.ProposedBy, one.SettledBy);

    public static ContributionRow Of(ProposedContribution one) =>
        new($"{one.Source.Kind} {one.Source.Id} {one.GiverId} {one.ReceiverId}", one.GiverId, one.ReceiverId, one.Text, one.HappenedOn, one.Source, null, null);

    /// <summary>Reads a <see cref="Key"/>; null: it is none.</summary>
    public static ContributionKey? Read(string? key) => (key ?? "").Split(' ') switch
    {
        [var id] when Guid.TryParse(id, out var stored) => new(stored),
        [var kind, var id, var giver, var receiver] when Guid.TryParse(id, out var source) && Guid.TryParse(giver, out var from) && Guid.TryParse(receiver, out var to) =>
            new(Guid.Empty, new(kind, source), from, to),
        _ => null,
    };
}
