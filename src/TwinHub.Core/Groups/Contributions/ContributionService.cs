using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Groups.Contributions;

/// <summary>What partners gave each other: members write it down, and the receiving side says whether it was so (domain, section 4).</summary>
public sealed class ContributionService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    private const int MaxText = 500, MaxYears = 20;

    /// <summary>
    /// Writes down what one partner gave another. Who writes for the receiving side has thereby confirmed it. The same id again
    /// is the same contribution.
    /// </summary>
    public async Task<Outcome<Guid>> Write(Guid person, string slug, ContributionInput input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await Member(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var (group, now) = (seat.Value.Group.Id, clock.GetUtcNow());
        if (Names.Clean(input.Text, MaxText) is not { } text)
        {
            return Refusal.Invalid("text", "contributions.say-what");
        }
        var partners = await db.GroupPartners.Where(p => p.GroupId == group).Select(p => p.OrganisationId).ToListAsync(cancel);
        if (Wrong(input, partners, seat.Value.Day(now)) is { } wrong)
        {
            return wrong;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await seat.Value.Lock(db, cancel);
        if (await db.Contributions.AnyAsync(c => c.Id == input.Id, cancel))
        {
            return input.Id;
        }
        var made = new Contribution(group, input.Giver!.Value, input.Receiver!.Value, text, input.HappenedOn!.Value, null, person, now, input.Id);
        if (made.ReceiverId == seat.Value.OrganisationId)
        {
            made.Settle(true, person, now);
        }
        db.Contributions.Add(made);
        await db.SaveAndTell(Hint(slug, made.Id), cancel);
        await transaction.CommitAsync(cancel);
        return made.Id;
    }

    /// <summary>The receiving side says that a contribution was so, or was not; it may think better of it later.</summary>
    public async Task<Outcome<Guid>> Settle(Guid person, string slug, ContributionKey key, bool confirmed, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await Member(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await seat.Value.Lock(db, cancel);
        var contribution = await Find(db, seat.Value, key, cancel);
        if (contribution is null || contribution.ReceiverId != seat.Value.OrganisationId)
        {
            return contribution is null ? Refusal.NotFound : Refusal.NotAllowed;
        }
        var state = confirmed ? Contribution.Confirmed : Contribution.Declined;
        if (contribution.State != state)
        {
            contribution.Settle(confirmed, person, clock.GetUtcNow());
            await db.SaveAndTell(Hint(slug, contribution.Id), cancel);
            await transaction.CommitAsync(cancel);
        }
        return contribution.Id;
    }

    private static Notice Hint(string slug, Guid id) => new(Notice.GroupChanged, $"{slug} contributions {id}");

    /// <summary>Reciprocity is the partners' own: facilitators read it.</summary>
    private static async Task<Outcome<GroupStanding>> Member(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var seat = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        return seat.Refusal is null && seat.Value.OrganisationId is null ? Refusal.NotAllowed : seat;
    }

    private static Refusal? Wrong(ContributionInput input, List<Guid> partners, DateOnly today) =>
        input.Giver is not { } giver || !partners.Contains(giver) ? Refusal.Invalid("giver", "contributions.choose-partner")
        : input.Receiver is not { } receiver || !partners.Contains(receiver) ? Refusal.Invalid("receiver", "contributions.choose-partner")
        : giver == receiver ? Refusal.Invalid("receiver", "contributions.two-partners")
        : input.HappenedOn is not { } day || day > today || day < today.AddYears(-MaxYears) ? Refusal.Invalid("happenedOn", "contributions.past-day") : null;

    /// <summary>What is stored, or what a record says and is stored now; null: neither.</summary>
    private async Task<Contribution?> Find(TwinHubDb db, GroupStanding seat, ContributionKey key, CancellationToken cancel)
    {
        if (key.Source is null)
        {
            return await db.Contributions.SingleOrDefaultAsync(c => c.Id == key.Id && c.GroupId == seat.Group.Id, cancel);
        }
        var now = clock.GetUtcNow();
        var stored = await db.Contributions.SingleOrDefaultAsync(c => c.GroupId == seat.Group.Id && c.SourceId == key.Source.Id && c.GiverId == key.Giver && c.ReceiverId == key.Receiver, cancel);
        var proposed = stored is not null ? null : (await ContributionProposals.Of(db, seat, now, cancel))
            .Find(one => one.Source == key.Source && one.GiverId == key.Giver && one.ReceiverId == key.Receiver);
        if (proposed is null)
        {
            return stored;
        }
        var made = new Contribution(seat.Group.Id, proposed.GiverId, proposed.ReceiverId, proposed.Text, proposed.HappenedOn, proposed.Source, null, now);
        db.Contributions.Add(made);
        return made;
    }
}

/// <summary>What a member writes down.</summary>
/// <param name="Id">Made with the form, so that it is kept once however often it is sent.</param>
/// <param name="Text">What it was, 1 to 500 characters.</param>
/// <param name="HappenedOn">Not to come, at most twenty years back.</param>
public sealed record ContributionInput(Guid Id, Guid? Giver, Guid? Receiver, string? Text, DateOnly? HappenedOn);

/// <summary>Which contribution: one that is stored, by its id, or one that a record proposes, by that record and both sides.</summary>
public sealed record ContributionKey(Guid Id, ContributionSource? Source = null, Guid Giver = default, Guid Receiver = default);
