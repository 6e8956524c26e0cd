using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>Makes something of an upload that has wholly arrived: a document, a version, an attachment.</summary>
public sealed class UploadDesk(GroupDesk desk, Intake intake, UploadParts parts, IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>Stores an upload, then makes something of it under the group's row; an upload that was made into something answers with it.</summary>
    /// <param name="what">What changes, as notices name it.</param>
    /// <param name="make">Gives back the id of what it made.</param>
    internal async Task<Outcome<Guid>> Make(
        Guid person, Guid upload, Func<TwinHubDb, IQueryable<TwinningGroup>> groups, string what, Func<GroupWork, StoredFile, Task<Outcome<Guid>>> make, CancellationToken cancel)
    {
        var taken = await Take(person, upload, groups, cancel);
        if (taken.Refusal is { } refusal)
        {
            return refusal;
        }
        if (taken.Value.Done is { } done)
        {
            return done;
        }
        var made = await desk.Change(person, groups, what, async work =>
        {
            var row = await work.Db.Uploads.FromSql($"select * from uploads where id = {upload} for update").SingleOrDefaultAsync(cancel);
            if (row is null || row.GroupId != work.Group.Id || row.ResultId is not null)
            {
                return row?.ResultId is { } before && row.GroupId == work.Group.Id ? before : Refusal.NotFound;
            }
            var result = await make(work, taken.Value.File!);
            if (result.Refusal is null)
            {
                row.Finish(result.Value, work.Now);
            }
            return result;
        }, cancel);
        if (made.Refusal is null)
        {
            parts.Remove(upload);
        }
        return made;
    }

    /// <summary>Judged before the work: whose upload it is, of which group, and whether it has wholly arrived.</summary>
    private async Task<Outcome<TakenUpload>> Take(Guid person, Guid id, Func<TwinHubDb, IQueryable<TwinningGroup>> groups, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Find(db, person, groups(db), cancel);
        var found = standing.Refusal is { } away ? away : await UploadService.Own(db, person, id, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var upload = found.Value;
        if (upload.GroupId != standing.Value.Group.Id)
        {
            return Refusal.NotFound;
        }
        if (upload.ResultId is { } done)
        {
            return new TakenUpload(done, null);
        }
        if (parts.Length(id) != upload.Size)
        {
            return new Refusal(RefusalCode.Conflict, "documents.upload.unfinished", "Upload-Offset");
        }
        try
        {
            var file = await intake.Take(parts.FileOf(id), upload.Name, cancel);
            return file.Refusal is { } fault ? fault : new TakenUpload(null, file.Value);
        }
        catch (StoreFullException)
        {
            return UploadService.Full;
        }
    }

    /// <summary>An upload that became something before, or the file that it is.</summary>
    private sealed record TakenUpload(Guid? Done, StoredFile? File);
}
