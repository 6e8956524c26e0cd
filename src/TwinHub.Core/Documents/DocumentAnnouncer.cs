using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Attachments;

namespace TwinHub.Core.Documents;

/// <summary>
/// Tells the discussion what has changed among the documents: what a person changed with short pauses becomes one message of
/// theirs that shows the documents, without words and so in everybody's language.
/// </summary>
public sealed class DocumentAnnouncer(AppendLog log, DocumentOptions options, HubClock clock, IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>Who goes on and on is announced after so long all the same.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Announces what is due now.</summary>
    /// <returns>Changes that were worked off.</returns>
    public async Task<int> AnnounceDue(CancellationToken cancel)
    {
        // One node at a time: what a message shows is exactly what is struck off after it.
        await using var alone = await dbs.CreateDbContextAsync(cancel);
        await using var turn = await alone.Database.BeginTransactionAsync(cancel);
        if (!(await alone.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtext('announce documents')) as \"Value\"").ToListAsync(cancel))[0])
        {
            return 0;
        }
        var settled = 0;
        foreach (var (group, person) in await Due(alone, cancel))
        {
            settled += await Announce(group, person, cancel);
        }
        return settled;
    }

    private async Task<List<(Guid Group, Guid Person)>> Due(TwinHubDb db, CancellationToken cancel)
    {
        var (still, longest) = (clock.GetUtcNow() - options.AnnounceAfter, clock.GetUtcNow() - Longest);
        var due = await db.DocumentNews.GroupBy(n => new { n.GroupId, n.PersonId }).Where(news => news.Max(n => n.At) <= still || news.Min(n => n.At) <= longest)
            .Select(news => news.Key).ToListAsync(cancel);
        return [.. due.Select(key => (key.GroupId, key.PersonId))];
    }

    private async Task<int> Announce(Guid group, Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var news = await db.DocumentNews.AsNoTracking().Where(n => n.GroupId == group && n.PersonId == person).OrderBy(n => n.Id).ToListAsync(cancel);
        var changed = await Changed(db, news, cancel);
        var shown = changed.TakeLast(MessageAttachment.Most).Select(one => new Attachment(one.Document, one.Version, person, clock.GetUtcNow())).ToList();
        if (shown.Count == 0)
        {
            return await Strike(db, news, cancel);
        }
        db.Attachments.AddRange(shown);
        await db.SaveChangesAsync(cancel);
        var posted = await Post(db, news[0], shown, changed.Count - shown.Count, cancel);
        if (posted.Refusal is not null || posted.Value.Repeated)
        {
            await db.Attachments.Where(a => shown.Select(one => one.Id).Contains(a.Id) && a.MessageId == null).ExecuteDeleteAsync(cancel);
        }
        // Away: at the next run. Refused (has left the group, closed): nobody is told. Said before a crash: what has come since is left.
        return posted.Refusal is { Code: RefusalCode.Unavailable } ? 0
            : await Strike(db, [.. news.Where(n => posted.Refusal is not null || !posted.Value.Repeated || n.At <= posted.Value.SentAt)], cancel);
    }

    /// <summary>The documents that are still there, each as it stands now, in the order in which they were changed last.</summary>
    private static async Task<List<(SharedDocument Document, DocumentVersion Version)>> Changed(TwinHubDb db, List<DocumentNews> news, CancellationToken cancel)
    {
        var ids = news.Select(n => n.DocumentId).Distinct().ToList();
        var found = await db.Documents.AsNoTracking().Where(d => ids.Contains(d.Id) && d.DeletedAt == null)
            .Join(db.DocumentVersions.AsNoTracking(), d => new { d.Id, Number = d.Version }, v => new { Id = v.DocumentId, v.Number }, (d, v) => new { Document = d, Version = v }).ToListAsync(cancel);
        return [.. found.OrderBy(one => news.FindLastIndex(n => n.DocumentId == one.Document.Id)).Select(one => (one.Document, one.Version))];
    }

    private async Task<Outcome<PostedMessage>> Post(TwinHubDb db, DocumentNews first, List<Attachment> shown, int more, CancellationToken cancel)
    {
        var channel = await db.Channels.Where(c => c.GroupId == first.GroupId).OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(cancel);
        // More than a message carries: how many, as a number every language reads.
        var body = more > 0 ? "… +" + more.ToString(CultureInfo.InvariantCulture) : "";
        return await log.Append(new PendingPost(channel, first.PersonId, IdOf(first), body, body.Length == 0 ? "" : MessageHtml.Render(body), [.. shown.Select(a => a.Id)]), cancel);
    }

    /// <summary>The same for the same news: told again after a crash, it is told once.</summary>
    private static Guid IdOf(DocumentNews first) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{first.GroupId} {first.Id.ToString(CultureInfo.InvariantCulture)}"))[..16]);

    private static async Task<int> Strike(TwinHubDb db, List<DocumentNews> news, CancellationToken cancel)
    {
        var ids = news.Select(n => n.Id).ToList();
        return await db.DocumentNews.Where(n => ids.Contains(n.Id)).ExecuteDeleteAsync(cancel);
    }
}
