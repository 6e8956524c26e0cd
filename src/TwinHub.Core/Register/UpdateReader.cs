using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Register;

/// <summary>A quarterly update as a person sees it.</summary>
/// <param name="State">As <see cref="QuarterlyUpdate.StateOn(DateOnly, int)"/>.</param>
/// <param name="Lines">Empty for who is not inside while it is not submitted: drafts are the group's own.</param>
/// <param name="Log">Newest first, with the names; empty in lists.</param>
public sealed record UpdateView(QuarterlyUpdate Update, Quarter Quarter, string State, string? SubmittedBy, UpdateTexts Texts, IReadOnlyList<DraftLine> Lines, IReadOnlyList<(UpdateLogEntry Entry, string? Name)> Log)
{
    public bool IsIn => State == "submitted";
}

/// <summary>The updates of a group for who asked.</summary>
public sealed record GroupUpdates(RegisterSeat Seat, GroupView Group, IReadOnlyList<UpdateView> Updates);

/// <summary>Reads the quarterly updates of a group; everybody in the network reads what was submitted, the group itself its drafts too.</summary>
public sealed class UpdateReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>A group's updates, the newest quarter first, without their lines.</summary>
    /// <param name="before">A quarter's label: only those before it.</param>
    public async Task<Outcome<GroupUpdates>> List(Guid person, string slug, string? before, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await RegisterAccess.Find(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var until = Quarter.Parse(before, seat.Value.Network.YearStartsIn)?.StartsOn;
        var rows = await db.QuarterlyUpdates.Where(u => u.GroupId == seat.Value.Group.Id && (until == null || u.StartsOn < until))
            .OrderByDescending(u => u.StartsOn).Take(limit).AsNoTracking().ToListAsync(cancel);
        var names = await Names(db, [.. rows.Select(u => u.SubmittedBy).OfType<Guid>()], cancel);
        return new GroupUpdates(seat.Value, await View(db, seat.Value, cancel), [.. rows.Select(u => Shown(u, seat.Value, names, [], []))]);
    }

    /// <summary>As <see cref="List"/>, with their lines: those of submitted ones in one query.</summary>
    public async Task<Outcome<GroupUpdates>> Whole(Guid person, string slug, string? before, int limit, CancellationToken cancel)
    {
        var listed = await List(person, slug, before, limit, cancel);
        if (listed.Refusal is not null)
        {
            return listed;
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var submitted = await DraftReader.Submitted(db, [.. listed.Value.Updates.Where(view => view.IsIn).Select(view => view.Update.Id)], cancel);
        var views = new List<UpdateView>();
        foreach (var view in listed.Value.Updates)
        {
            // Few are open at a time: each of these reads the group's records.
            views.Add(view with { Lines = view.IsIn ? [.. submitted[view.Update.Id]] : listed.Value.Seat.IsInside ? await DraftReader.Lines(db, view.Update, listed.Value.Seat.Network, cancel) : [] });
        }
        return listed.Value with { Updates = views };
    }

    /// <summary>One quarter with its lines. A quarter that is over and that nobody opened reads as an empty draft.</summary>
    public async Task<Outcome<GroupUpdates>> Find(Guid person, string slug, string label, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await RegisterAccess.Find(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var update = await db.QuarterlyUpdates.AsNoTracking().SingleOrDefaultAsync(u => u.GroupId == seat.Value.Group.Id && u.Quarter == label, cancel);
        if (update is null && (update = Unopened(seat.Value, label)) is null)
        {
            return Refusal.NotFound;
        }
        var lines = seat.Value.IsInside || update.SubmittedAt is not null ? await DraftReader.Lines(db, update, seat.Value.Network, cancel) : [];
        var log = await db.UpdateLog.Where(e => e.UpdateId == update.Id).OrderByDescending(e => e.Id).Take(50).AsNoTracking().ToListAsync(cancel);
        var names = await Names(db, [.. log.Select(e => e.PersonId).Append(update.SubmittedBy).OfType<Guid>()], cancel);
        var view = Shown(update, seat.Value, names, lines, [.. log.Select(e => (e, e.PersonId is { } by ? names.GetValueOrDefault(by) : null))]);
        return new GroupUpdates(seat.Value, await View(db, seat.Value, cancel), [await WithContacts(db, view, seat.Value, cancel)]);
    }

    private QuarterlyUpdate? Unopened(RegisterSeat seat, string label) =>
        Quarter.Parse(label, seat.Network.YearStartsIn) is { } quarter && seat.IsInside && quarter.EndsOn >= (seat.Group.StartsOn ?? seat.Network.Day(seat.Group.CreatedAt)) && quarter.OpensOn <= seat.Network.Day(clock.GetUtcNow())
            ? new(seat.Group.Id, quarter, clock.GetUtcNow()) : null;

    private UpdateView Shown(QuarterlyUpdate update, RegisterSeat seat, Dictionary<Guid, string> names, IReadOnlyList<DraftLine> lines, IReadOnlyList<(UpdateLogEntry, string?)> log)
    {
        var texts = seat.IsInside || update.SubmittedAt is not null ? new UpdateTexts(update.Summary, update.BestPractices, update.LessonsLearned, update.Contacts) : new("", "", "", "");
        return new(update, update.Period, update.StateOn(seat.Network.Day(clock.GetUtcNow()), seat.Network.MissedAfter),
            update.SubmittedBy is { } by ? names.GetValueOrDefault(by) : null, texts, lines, log);
    }

    /// <summary>A draft names the correspondents as contacts until somebody writes other ones.</summary>
    private static async Task<UpdateView> WithContacts(TwinHubDb db, UpdateView view, RegisterSeat seat, CancellationToken cancel)
    {
        if (view.IsIn || !seat.IsInside || view.Texts.Contacts.Length > 0)
        {
            return view;
        }
        var who = (await Correspondents.OfRegister(db, [seat.Group.Id], cancel))[seat.Group.Id].Where(one => one.Person is not null);
        return view with { Texts = view.Texts with { Contacts = string.Join('\n', who.Select(one => $"{one.Person!.Name}, {one.Person.Email}")) } };
    }

    private static async Task<GroupView> View(TwinHubDb db, RegisterSeat seat, CancellationToken cancel) => (await GroupService.Views(db, [seat.Group], cancel))[0];

    private static Task<Dictionary<Guid, string>> Names(TwinHubDb db, List<Guid> people, CancellationToken cancel) =>
        db.People.Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
}
