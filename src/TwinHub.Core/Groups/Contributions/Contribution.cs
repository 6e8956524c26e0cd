namespace TwinHub.Core.Groups.Contributions;

/// <summary>What one partner gave and another gained (domain, section 4: reciprocity). It counts when the receiving side has confirmed it.</summary>
public sealed class Contribution
{
    private Contribution() { }

    public Contribution(Guid groupId, Guid giverId, Guid receiverId, string text, DateOnly happenedOn, ContributionSource? source, Guid? proposedBy, DateTimeOffset now, Guid? id = null)
    {
        (Id, GroupId, GiverId, ReceiverId) = (id ?? Guid.CreateVersion7(), groupId, giverId, receiverId);
        (Text, HappenedOn, SourceKind, SourceId, ProposedBy, ProposedAt) = (text, happenedOn, source?.Kind, source?.Id, proposedBy, now);
    }

    public const string Proposed = "proposed", Confirmed = "confirmed", Declined = "declined";

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public Guid GiverId { get; private set; }
    public Guid ReceiverId { get; private set; }

    /// <summary>What it was, 1 to 500 characters.</summary>
    public string Text { get; private set; } = "";
    public DateOnly HappenedOn { get; private set; }

    /// <summary><c>activity</c>, <c>document</c> or <c>webinar</c>; null: written by hand.</summary>
    public string? SourceKind { get; private set; }
    public Guid? SourceId { get; private set; }

    /// <summary>Null: the hub proposed it from a record.</summary>
    public Guid? ProposedBy { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }
    public string State { get; private set; } = Proposed;
    public Guid? SettledBy { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }

    public void Settle(bool confirmed, Guid person, DateTimeOffset now) => (State, SettledBy, SettledAt) = (confirmed ? Confirmed : Declined, person, now);
}

/// <summary>The record a contribution was read from.</summary>
/// <param name="Kind">One of the three constants.</param>
/// <param name="Id">Of the activity, document or webinar.</param>
public sealed record ContributionSource(string Kind, Guid Id)
{
    public const string Activity = "activity", Document = "document", Webinar = "webinar";
}
