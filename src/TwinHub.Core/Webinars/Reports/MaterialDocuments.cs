using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>Documents as materials: which may be chosen, and who sees those that were.</summary>
internal static class MaterialDocuments
{
    /// <summary>So many are offered, the newest.</summary>
    public const int Most = 200;

    /// <summary>The documents of groups that are asked to a webinar, through an invitation or with a slot of their own, as far as the person sees them.</summary>
    public static IQueryable<SharedDocument> Of(TwinHubDb db, Guid person, Guid webinar) => DocumentService.Visible(db, person).Where(d =>
        db.Invitations.Any(i => i.WebinarId == webinar && i.GroupId == d.GroupId && i.RemovedAt == null) || db.AgendaSlots.Any(s => s.WebinarId == webinar && s.GroupId == d.GroupId));

    /// <summary>The materials of a webinar that a person can open.</summary>
    public static async Task<List<WebinarMaterial>> For(TwinHubDb db, Guid webinar, Guid person, CancellationToken cancel) =>
        [.. await db.WebinarMaterials.Where(m => m.WebinarId == webinar && (m.DocumentId == null || DocumentService.Visible(db, person).Any(d => d.Id == m.DocumentId)))
            .OrderBy(m => m.AddedAt).ThenBy(m => m.Id).AsNoTracking().ToListAsync(cancel)];

    /// <summary>Who of these people sees which documents among the materials; everybody sees the others. One query for any number.</summary>
    public static async Task<HashSet<(Guid Person, Guid Document)>> Seen(TwinHubDb db, IReadOnlyCollection<WebinarMaterial> materials, IReadOnlyCollection<Guid> people, CancellationToken cancel)
    {
        List<Guid> documents = [.. materials.Select(m => m.DocumentId).OfType<Guid>()];
        var seen = documents.Count == 0 ? [] : await db.Documents.Where(d => documents.Contains(d.Id) && d.DeletedAt == null)
            .SelectMany(d => db.People.Where(p => people.Contains(p.Id) && (db.Memberships.Any(m => m.GroupId == d.GroupId && m.PersonId == p.Id)
                || db.NetworkRoles.Any(r => r.PersonId == p.Id && r.Role == "facilitator" && db.Groups.Any(g => g.Id == d.GroupId && g.NetworkId == r.NetworkId)))), (d, p) => new { Person = p.Id, Document = d.Id }).ToListAsync(cancel);
        return [.. seen.Select(one => (one.Person, one.Document))];
    }
}
