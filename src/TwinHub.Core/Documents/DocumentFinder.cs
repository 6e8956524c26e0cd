using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>Documents across groups, for those who may see them.</summary>
public sealed class DocumentFinder(IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>The slug of the group whose document it is; null: there is none that the person sees.</summary>
    public async Task<string?> GroupOf(Guid person, Guid document, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await GroupService.Visible(db, person).Where(g => db.Documents.Any(d => d.Id == document && d.GroupId == g.Id)).Select(g => g.Slug).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The documents a person sees that are in no bin.</summary>
    internal static IQueryable<SharedDocument> Visible(TwinHubDb db, Guid person) =>
        db.Documents.Where(d => d.DeletedAt == null && GroupService.Visible(db, person).Any(g => g.Id == d.GroupId));
}
