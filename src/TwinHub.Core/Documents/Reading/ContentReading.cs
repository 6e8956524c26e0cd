using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Live;

namespace TwinHub.Core.Documents.Reading;

/// <summary>
/// Makes previews and text of what was stored. A row that waits is claimed with a lease before it is read, so that a file that
/// takes its reader, or its node, down with it is tried three times and then left alone.
/// </summary>
public sealed class ContentReading(IDbContextFactory<TwinHubDb> dbs, ContentReader reader, DocumentOptions options, TimeProvider time, ILogger<ContentReading> logger)
{
    public const int Tries = 3;

    /// <summary>How long somebody who posts a picture waits for it to be small.</summary>
    public static readonly TimeSpan Now = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>Time to copy a file to its reader.</summary>
    private static readonly TimeSpan Copying = TimeSpan.FromMinutes(2);

    /// <summary>Reads everything that waits.</summary>
    /// <returns>How many files were tried.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var tried = 0;
        while (await Claim(null, cancel) is { } content)
        {
            await Read(content, null, cancel);
            tried++;
        }
        return tried;
    }

    /// <summary>
    /// Call it before a picture is posted: returns when its preview is made, or cannot be, and after <see cref="Now"/> at the
    /// latest. A bad file is no error.
    /// </summary>
    public async Task ReadNow(byte[] hash, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Now);
        try
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            FileContent? content;
            while ((content = await Claim(hash, deadline.Token)) is null && await Waits(hash, deadline.Token))
            {
                // Somebody is reading it already.
                await pause.WaitForNextTickAsync(deadline.Token);
            }
            if (content is not null)
            {
                await Read(content, Now, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            logger.LogInformation("Reading {Hash} takes longer than its message waits", ContentHash.Name(hash));
        }
    }

    private async Task<bool> Waits(byte[] hash, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        // After a failure its next try is not waited for.
        return await db.FileContents.AnyAsync(c => c.Hash == hash && c.Reading == FileContent.Waiting && c.Attempts <= 1, cancel);
    }

    private async Task<FileContent?> Claim(byte[]? hash, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (now, lease) = (time.GetUtcNow(), options.ReadingPatience + Copying);
        return (await db.FileContents.FromSql($"""
            update file_contents set attempts = attempts + 1, next_reading_at = {now + lease} where hash = (
                select hash from file_contents where reading = 'waiting' and next_reading_at <= {now} and ({hash}::bytea is null or hash = {hash})
                order by next_reading_at limit 1 for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancel)).SingleOrDefault();
    }

    private async Task Read(FileContent content, TimeSpan? patience, CancellationToken cancel)
    {
        try
        {
            await Keep(content, await reader.Read(content.Hash, content.Type, patience, cancel), cancel);
        }
        catch (Exception fault) when (fault is ReadingFailedException or IOException or System.ComponentModel.Win32Exception)
        {
            logger.LogWarning("{Hash} could not be read, try {Attempt} of {Tries}: {Fault}", ContentHash.Name(content.Hash), content.Attempts, Tries, fault.Message);
            await Postpone(content, cancel);
        }
    }

    private async Task Postpone(FileContent content, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (isLast, next) = (content.Attempts >= Tries, time.GetUtcNow() + Pauses[Math.Min(content.Attempts, Pauses.Length) - 1]);
        await db.FileContents.Where(c => c.Hash == content.Hash && c.Reading == FileContent.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Reading, isLast ? FileContent.Failed : FileContent.Waiting).SetProperty(c => c.NextReadingAt, next), cancel);
    }

    /// <summary>The index of words takes at most 1 MB (PostgreSQL, Limits); a text made to break that is kept in part, or not.</summary>
    private async Task Keep(FileContent content, ReadContent read, CancellationToken cancel)
    {
        foreach (var most in new[] { KeptText.Most, 50_000, 0 })
        {
            try
            {
                await Write(content.Hash, read with { Text = read.Text is { Length: > 0 } text && most > 0 ? text[..Math.Min(text.Length, most)] : null }, cancel);
                return;
            }
            catch (Exception fault) when (fault.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.ProgramLimitExceeded } && most > 0)
            {
                logger.LogInformation("The text of {Hash} has more words than can be searched", ContentHash.Name(content.Hash));
            }
        }
    }

    private async Task Write(byte[] hash, ReadContent read, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.FileContents.FromSql($"select * from file_contents where hash = {hash} and reading = 'waiting' for update").SingleOrDefaultAsync(cancel);
        if (row is null)
        {
            return;
        }
        row.Finish(read);
        db.ContentPreviews.AddRange(read.Previews.Select(preview => new ContentPreview(hash, preview)));
        await db.SaveChangesAsync(cancel);
        if (LanguageGuess.Of(read.Text) is { } language)
        {
            await db.Database.ExecuteSqlAsync($"update documents set language = {language} where hash = {hash} and language is null", cancel);
        }
        await Tell(db, hash, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Who has a document of these bytes open sees it with its preview. (Equal bytes in more documents than these are no document of anybody.)</summary>
    private static async Task Tell(TwinHubDb db, byte[] hash, CancellationToken cancel)
    {
        var shown = await db.DocumentVersions.Where(v => v.Hash == hash).Join(db.Documents, v => v.DocumentId, d => d.Id, (v, d) => d).Where(d => d.DeletedAt == null)
            .Join(db.Groups, d => d.GroupId, g => g.Id, (d, g) => new { g.Slug, d.Id }).Distinct().Take(50).ToListAsync(cancel);
        foreach (var one in shown)
        {
            await db.Tell(new(Notice.GroupChanged, $"{one.Slug} {DocumentService.What} {one.Id}"), cancel);
        }
    }
}
