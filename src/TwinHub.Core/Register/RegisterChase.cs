using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Register;

/// <summary>Chases the quarterly updates: both partners' correspondents, until one of them has submitted.</summary>
public sealed class RegisterChase(RegisterLetters letters, HubClock clock) : IChase
{
    public const string KindName = "register";

    public string Kind => KindName;

    public async Task<IReadOnlyList<Owed>> Outstanding(TwinHubDb db, IReadOnlyCollection<Guid>? subjects, CancellationToken cancel)
    {
        // The longest a network may wait before an item is missed, and a day for zones.
        var (now, oldest) = (clock.GetUtcNow(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-91));
        var rows = await db.QuarterlyUpdates.Where(u => u.SubmittedAt == null && u.DueOn > oldest && (subjects == null || subjects.Contains(u.Id)))
            .Join(db.Groups.Where(g => g.Status == "active"), u => u.GroupId, g => g.Id, (u, g) => new { Update = u, g.NetworkId })
            .Join(db.Networks, x => x.NetworkId, n => n.Id, (x, n) => new { x.Update, Network = n }).AsNoTracking().ToListAsync(cancel);
        var open = rows.Where(x => x.Update.StateOn(x.Network.Day(now), x.Network.MissedAfter) is "open" or "late").ToList();
        var who = await Correspondents.OfRegister(db, [.. open.Select(x => x.Update.GroupId).Distinct()], cancel);
        return [.. open.SelectMany(x => who[x.Update.GroupId].Select(one =>
            new Owed(x.Update.Id, x.Update.GroupId, x.Update.OpensOn, x.Update.DueOn, x.Network, one.Organisation.Id, one.Organisation.Country, one.Person, x.Update.Quarter)))];
    }

    public Task<Letter> Write(TwinHubDb db, Owed owed, string step, CancellationToken cancel) => letters.Reminder(db, owed, step, cancel);
}
