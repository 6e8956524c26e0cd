using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.People;

namespace TwinHub.Core.Register;

/// <summary>What a one-step link is about.</summary>
/// <param name="Seat">How its person stands to the group.</param>
/// <param name="IsAlive">It still files: not submitted, not missed, the group goes on.</param>
/// <param name="Lines">Those that would be, or were, submitted.</param>
public sealed record LinkedUpdate(Person Person, QuarterlyUpdate Update, RegisterSeat Seat, bool IsAlive, GroupView Group, IReadOnlyList<DraftLine> Lines, string? SubmittedBy);

/// <summary>
/// The link in a register mail stands for a person, a group and a quarter. It files an update in one step, shows nothing but that
/// draft, and dies with the submission or when the update is missed (domain, section 5, one step).
/// </summary>
public sealed class OneStepService(IDbContextFactory<TwinHubDb> dbs, RegisterService register, HubClock clock)
{
    /// <summary>Not found: no such link, the account is closed, or its person may not write in the group any more.</summary>
    public async Task<Outcome<LinkedUpdate>> Find(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Find(db, token, cancel);
    }

    /// <summary>Files the draft as it stands, or that there is nothing to report. A link that is not alive files nothing.</summary>
    public async Task<Outcome<LinkedUpdate>> File(string token, bool noChange, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await Find(db, token, cancel);
        if (found.Refusal is not null || !found.Value.IsAlive)
        {
            return found;
        }
        var (person, seat) = (found.Value.Person, found.Value.Seat);
        // Two presses, or both partners at once: whoever comes second finds it submitted and files nothing over it.
        var saved = await register.File(person.Id, seat.Group.Slug, found.Value.Update.Quarter, new("mail", null, person.Language) { NoChange = noChange }, cancel);
        return saved.Refusal is { } refusal ? refusal : await Find(token, cancel);
    }

    private async Task<Outcome<LinkedUpdate>> Find(TwinHubDb db, string token, CancellationToken cancel)
    {
        var hash = Secret.Hash(Secret.Register, token);
        var found = await db.PersonLinks.Where(l => l.Hash == hash && l.Purpose == Secret.Register)
            .Join(db.People.Where(p => p.DisabledAt == null), l => l.PersonId, p => p.Id, (l, p) => new { l.SubjectId, Person = p })
            .Join(db.QuarterlyUpdates, x => x.SubjectId, u => u.Id, (x, u) => new { x.Person, Update = u })
            .Join(db.Groups, x => x.Update.GroupId, g => g.Id, (x, g) => new { x.Person, x.Update, g.Slug }).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return Refusal.NotFound;
        }
        var seat = await RegisterAccess.Find(db, found.Person.Id, found.Slug, cancel);
        if (seat.Refusal is not null || !seat.Value.MayWrite)
        {
            return Refusal.NotFound;
        }
        var state = found.Update.StateOn(seat.Value.Network.Day(clock.GetUtcNow()), seat.Value.Network.MissedAfter);
        var lines = await DraftReader.Lines(db, found.Update, seat.Value.Network, cancel);
        return new LinkedUpdate(found.Person, found.Update, seat.Value, state is "open" or "late" && !seat.Value.Group.IsClosed,
            (await GroupService.Views(db, [seat.Value.Group], cancel))[0], [.. lines.Where(line => line.Included)],
            await db.People.Where(p => p.Id == found.Update.SubmittedBy).Select(p => p.Name).SingleOrDefaultAsync(cancel));
    }
}
