using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Live;
using TwinHub.Core.Mail;
using TwinHub.Core.Register;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Facilitation;

/// <summary>Nudges: who is asked sees them first as they will go out, and nobody is nudged about the same twice a day.</summary>
public sealed class GroupNudgeService(IDbContextFactory<TwinHubDb> dbs, GroupNudgeLetters letters, RegisterLinks links, Outbox outbox, HubClock clock)
{
    private const int MaxText = 1_000;

    /// <summary>The mails as they would go out now. Nothing is sent.</summary>
    public async Task<Outcome<NudgeDraft>> Preview(Guid actor, NudgeRequest request, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Draft(db, actor, request, letters.Page, cancel);
    }

    /// <summary>Sends what has not gone out today, and writes it down.</summary>
    /// <returns>To how many; a conflict when nothing is left to send.</returns>
    public async Task<Outcome<int>> Send(Guid actor, NudgeRequest request, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Who presses twice, or two facilitators at once, come one after the other: the second sees what the first wrote down.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('nudges'))", cancel);
        // The button of a nudge files in one step, as the reminders' does; a look at the mail makes no such link.
        var draft = await Draft(db, actor, request, item => item.Subject.About == NudgeSubject.Register ? links.Link(db, item.Person!.Id, item.Subject.Id) : letters.Page(item), cancel);
        if (draft.Refusal is { } refusal)
        {
            return refusal;
        }
        var going = draft.Value.Going;
        if (going.Count == 0)
        {
            return new Refusal(RefusalCode.Conflict, draft.Value.Mails.Any(mail => mail.IsToday) ? "facilitate.nudge.today" : "facilitate.nudge.nothing");
        }
        var mails = await outbox.QueueAll(db, going.Select(mail => mail.Letter!), cancel);
        db.Nudges.AddRange(going.Select((mail, i) => new Nudge(draft.Value.Network.Id, mail.Item.Group.Group.Id, mail.Item.Person!.Id, actor, mail.Item.Subject, draft.Value.Text, mails[i], clock.GetUtcNow())));
        await db.SaveChangesAsync(cancel);
        foreach (var slug in going.Select(mail => mail.Item.Group.Group.Slug).Distinct())
        {
            await db.Tell(new(Notice.GroupChanged, $"{slug} nudges {actor}"), cancel);
        }
        await transaction.CommitAsync(cancel);
        return going.Count;
    }

    private async Task<Outcome<NudgeDraft>> Draft(TwinHubDb db, Guid actor, NudgeRequest request, Func<OwedItem, string> url, CancellationToken cancel)
    {
        var found = await FacilitatedGroups.Find(db, actor, request.Groups, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        if (found.Value.Any(group => group.IsClosed))
        {
            return new Refusal(RefusalCode.Closed);
        }
        if (found.Value.Any(group => group.NetworkId != found.Value[0].NetworkId))
        {
            return Refusal.Invalid("groups", "facilitate.one-network");
        }
        var text = LongText.Clean(request.Text, MaxText, "text");
        return text.Refusal is { } bad ? bad : await Write(db, actor, found.Value, request with { Text = text.Value }, url, cancel);
    }

    private async Task<NudgeDraft> Write(TwinHubDb db, Guid actor, List<TwinningGroup> groups, NudgeRequest request, Func<OwedItem, string> url, CancellationToken cancel)
    {
        var views = await GroupService.Views(db, groups, cancel);
        var (network, now) = (views[0].Network, clock.GetUtcNow());
        var by = new NudgeContext(network, await db.People.AsNoTracking().SingleAsync(p => p.Id == actor, cancel), request.Text ?? "", network.Day(now));
        var items = (await OwedItems.Read(db, network, views, by.Today, cancel)).Where(item => request.Items is null || request.Items.Contains(item.Key)).ToList();
        var today = await Nudged(db, [.. items.Select(item => item.Subject.Id)], network.Midnight(by.Today), cancel);
        return new(network, views, by.Text, [.. items.Select(item => new NudgeMail(item, item.Person is { } person ? letters.Write(item, person, by, url(item)) : null,
            item.Person is not null && today.Contains((item.Person.Id, item.Subject.Id))))]);
    }

    private static async Task<HashSet<(Guid Person, Guid Subject)>> Nudged(TwinHubDb db, List<Guid> subjects, DateTimeOffset since, CancellationToken cancel) =>
        [.. (await db.Nudges.Where(n => subjects.Contains(n.SubjectId) && n.SentAt >= since).Select(n => new { n.PersonId, n.SubjectId }).ToListAsync(cancel)).Select(n => (n.PersonId, n.SubjectId))];
}
