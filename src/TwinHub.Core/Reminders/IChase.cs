using TwinHub.Core.Data;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;

namespace TwinHub.Core.Reminders;

/// <summary>A kind of thing that groups owe by a day, and that is chased by mail until it is done.</summary>
public interface IChase
{
    /// <summary>As the rows name it: <c>register</c>, <c>review</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Everything that is owed now, one a subject and person to remind: open, in an active group, not done and not missed yet.
    /// Nothing that is not in here is said.
    /// </summary>
    /// <param name="subjects">Only these; null: all.</param>
    Task<IReadOnlyList<Owed>> Outstanding(TwinHubDb db, IReadOnlyCollection<Guid>? subjects, CancellationToken cancel);

    /// <summary>The mail of a step, in the transaction that queues it.</summary>
    Task<Letter> Write(TwinHubDb db, Owed owed, string step, CancellationToken cancel);
}

/// <summary>Who must be reminded of what.</summary>
/// <param name="OrganisationId">The partner answered for; its country's working days count.</param>
/// <param name="Topic">What to call it: the quarter's label, the milestone's title; empty: the final review.</param>
/// <param name="Person">Null: nobody answers for the partner; the facilitator's list says so.</param>
public sealed record Owed(Guid SubjectId, Guid GroupId, DateOnly OpensOn, DateOnly DueOn, Network Network, Guid OrganisationId, string? Country, Person? Person, string Topic = "");
