using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>
/// Who has seen which version. As with read positions, whoever may read notes it, observers and readers of an archive too, and
/// nobody else's page is told: it is a mark of the reader, not a change of the group.
/// </summary>
public sealed class ViewService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>Notes that somebody has a version before them; an older one than was seen already changes nothing.</summary>
    public async Task<Outcome<Guid>> Note(Guid person, string slug, Guid id, int version, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Find(db, person, DocumentPlaces.Groups(db, slug, id), cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            insert into document_views (document_id, person_id, version, seen_at)
            select d.id, {person}, {version}, {now} from documents d where d.id = {id} and d.deleted_at is null and {version} between 1 and d.version
            on conflict (document_id, person_id) do update set version = excluded.version, seen_at = excluded.seen_at where document_views.version < excluded.version
            """, cancel);
        return id;
    }
}
