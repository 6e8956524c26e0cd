using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>What comes of a webinar: minutes, the recording's address, materials. All of it may be prepared from the draft on.</summary>
public sealed class ReportService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>UTF-16 units, as the schema says.</summary>
    public const int MaxMinutes = 20_000;

    public const int MaxMaterials = 30;

    /// <summary>Takes over the minutes and the recording's address; empty takes each away.</summary>
    /// <param name="version">The version the organiser saw; who changes an older one is told (<c>conflict</c>).</param>
    public Task<Outcome<bool>> Save(Guid actor, Guid id, int version, string? minutes, string? recordingUrl, CancellationToken cancel) => Change(actor, id, (_, webinar) =>
    {
        var text = LongText.Clean(minutes, MaxMinutes, "minutes");
        var url = recordingUrl?.Trim() is { Length: > 0 } given ? given : null;
        if (text.Refusal is { } refusal)
        {
            return Task.FromResult<Refusal?>(refusal);
        }
        if (url is not null && !WebinarInput.IsMeeting(url))
        {
            return Task.FromResult<Refusal?>(Refusal.Invalid("recordingUrl", "error.webinar.link"));
        }
        // A second press meets the version its first one made, and nothing is wrong.
        if ((webinar.Minutes, webinar.RecordingUrl) != (text.Value, url))
        {
            if (version != webinar.Version)
            {
                return Task.FromResult<Refusal?>(new Refusal(RefusalCode.Conflict, "report.changed", "version"));
            }
            webinar.Record(text.Value, url);
        }
        return Task.FromResult<Refusal?>(null);
    }, cancel);

    /// <summary>Adds the address of slides, a paper and the like; the same one again is one.</summary>
    public Task<Outcome<bool>> AddMaterial(Guid actor, Guid id, string? title, string? url, CancellationToken cancel) => Change(actor, id, async (db, webinar) =>
    {
        var (name, link) = (Names.Clean(title, 200), url?.Trim() ?? "");
        if (name is null || !WebinarInput.IsMeeting(link))
        {
            return name is null ? Refusal.Invalid("title", "report.material-title") : Refusal.Invalid("url", "error.webinar.link");
        }
        var present = await db.WebinarMaterials.Where(m => m.WebinarId == webinar.Id).ToListAsync(cancel);
        if (present.Exists(one => one.Title == name && one.Url == link))
        {
            return null;
        }
        db.WebinarMaterials.Add(new(webinar.Id, name, link, clock.GetUtcNow()));
        return present.Count >= MaxMaterials ? Refusal.Invalid("title", "report.materials-many") : null;
    }, cancel);

    /// <summary>Adds a document of a group that is invited and that the organiser sees; the same one again is one.</summary>
    public Task<Outcome<bool>> AddDocument(Guid actor, Guid id, Guid? document, CancellationToken cancel) => Change(actor, id, async (db, webinar) =>
    {
        if (await MaterialDocuments.Of(db, actor, webinar.Id).Where(d => d.Id == document).Select(d => d.Name).SingleOrDefaultAsync(cancel) is not { } name)
        {
            return Refusal.Invalid("document", "report.material-gone");
        }
        var present = await db.WebinarMaterials.Where(m => m.WebinarId == webinar.Id).ToListAsync(cancel);
        if (present.Exists(one => one.DocumentId == document))
        {
            return null;
        }
        db.WebinarMaterials.Add(new(webinar.Id, name, document!.Value, clock.GetUtcNow()));
        return present.Count >= MaxMaterials ? Refusal.Invalid("document", "report.materials-many") : null;
    }, cancel);

    /// <summary>Takes a material away; twice is once.</summary>
    public Task<Outcome<bool>> RemoveMaterial(Guid actor, Guid id, Guid material, CancellationToken cancel) => Change(actor, id, async (db, webinar) =>
    {
        await db.WebinarMaterials.Where(m => m.Id == material && m.WebinarId == webinar.Id).ExecuteDeleteAsync(cancel);
        return null;
    }, cancel);

    private async Task<Outcome<bool>> Change(Guid actor, Guid id, Func<TwinHubDb, Webinar, Task<Refusal?>> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await WebinarAccess.Lock(db, actor, id, cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var refused = found.Value.State == Webinar.Cancelled ? new Refusal(RefusalCode.Closed, "error.webinar.cancelled") : await change(db, found.Value);
        if (refused is not null)
        {
            return refused;
        }
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{id} report"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
