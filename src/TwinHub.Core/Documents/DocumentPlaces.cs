using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>Which group a document's address speaks of: what the path and the id do not say together is not there.</summary>
internal static class DocumentPlaces
{
    public static IQueryable<TwinningGroup> Groups(TwinHubDb db, string slug, Guid document) =>
        db.Groups.Where(g => g.Slug == slug && db.Documents.Any(d => d.Id == document && d.GroupId == g.Id));
}
