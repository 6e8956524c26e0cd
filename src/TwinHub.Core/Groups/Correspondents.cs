using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;

namespace TwinHub.Core.Groups;

/// <summary>Who answers for a partner of a group; null: nobody there may write or has an open account.</summary>
public sealed record Correspondent(Guid GroupId, Organisation Organisation, Person? Person);

/// <summary>One person a partner, as the chases remind them (domain, section 5, who).</summary>
public static class Correspondents
{
    /// <summary>For the register, by group and in the order of the partners; two queries for any number of groups.</summary>
    public static Task<ILookup<Guid, Correspondent>> OfRegister(TwinHubDb db, IReadOnlyCollection<Guid> groups, CancellationToken cancel) =>
        Pick(db, groups, Answerable.ForRegister, withFacilitators: true, cancel);

    /// <summary>For reviews: facilitators are no partner's and answer none.</summary>
    public static Task<ILookup<Guid, Correspondent>> OfReviews(TwinHubDb db, IReadOnlyCollection<Guid> groups, CancellationToken cancel) =>
        Pick(db, groups, Answerable.ForReview, withFacilitators: false, cancel);

    private static async Task<ILookup<Guid, Correspondent>> Pick(TwinHubDb db, IReadOnlyCollection<Guid> groups, IReadOnlyList<string> roles, bool withFacilitators, CancellationToken cancel)
    {
        var partners = await db.GroupPartners.Where(p => groups.Contains(p.GroupId))
            .Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { p.GroupId, p.Position, Organisation = o }).AsNoTracking().ToListAsync(cancel);
        var members = await Answerable.Read(db, groups, cancel, withFacilitators);
        return partners.OrderBy(p => p.Position).ToLookup(p => p.GroupId, p => new Correspondent(p.GroupId, p.Organisation, members.One(p.GroupId, p.Organisation.Id, roles)));
    }
}
