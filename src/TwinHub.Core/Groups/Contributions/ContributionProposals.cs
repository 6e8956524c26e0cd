using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Lessons;

namespace TwinHub.Core.Groups.Contributions;

/// <summary>
/// What the records of a group say one partner gave another: finished activities that a partner led, webinars it was asked to
/// that somebody of a partner held, documents a partner added. Nothing is written until the receiving side says yes or no.
/// </summary>
internal static class ContributionProposals
{
    /// <summary>So many documents are offered, the newest: who shares hundreds writes down by hand what counted.</summary>
    private const int MostDocuments = 30;

    public static async Task<List<ProposedContribution>> Of(TwinHubDb db, GroupStanding seat, DateTimeOffset now, CancellationToken cancel)
    {
        var group = seat.Group.Id;
        var partners = await db.GroupPartners.Where(p => p.GroupId == group).OrderBy(p => p.Position).Select(p => p.OrganisationId).ToListAsync(cancel);
        var activities = await db.Activities.Where(a => a.GroupId == group && a.State == Activity.Done && a.DoneOn != null && a.OrganisationId != null)
            .Select(a => new { a.Id, a.Title, Day = a.DoneOn!.Value, Giver = a.OrganisationId!.Value }).ToListAsync(cancel);
        var webinars = await LessonSources.WebinarsOf(db, group).Where(w => w.EndsAt <= now)
            .Select(w => new { w.Id, w.Title, w.StartsAt, Giver = db.OrganisationPeople.Where(o => o.PersonId == w.OrganiserId && partners.Contains(o.OrganisationId)).OrderBy(o => o.Since).Select(o => (Guid?)o.OrganisationId).FirstOrDefault() })
            .Where(w => w.Giver != null).ToListAsync(cancel);
        var documents = await Documents(db, group).Take(MostDocuments).ToListAsync(cancel);
        return [.. activities.Where(a => partners.Contains(a.Giver)).Select(a => (new ContributionSource(ContributionSource.Activity, a.Id), a.Title, a.Day, a.Giver))
            .Concat(webinars.Select(w => (new ContributionSource(ContributionSource.Webinar, w.Id), w.Title, seat.Day(w.StartsAt), w.Giver!.Value)))
            .Concat(documents.Where(d => partners.Contains(d.Giver)).Select(d => (new ContributionSource(ContributionSource.Document, d.Id), Title: d.Name, seat.Day(d.At), d.Giver)))
            .SelectMany(one => partners.Where(receiver => receiver != one.Item4).Select(receiver => new ProposedContribution(one.Item1, one.Item4, receiver, one.Title, one.Item3)))
            .OrderByDescending(one => one.HappenedOn)];
    }

    /// <summary>By whom they were first added; pictures tell of what happened, they are not given.</summary>
    private static IQueryable<GivenDocument> Documents(TwinHubDb db, Guid groupId) =>
        from document in db.Documents
        join version in db.DocumentVersions on new { document.Id, Number = 1 } equals new { Id = version.DocumentId, version.Number }
        join content in db.FileContents on version.Hash equals content.Hash
        where document.GroupId == groupId && document.DeletedAt == null && version.OrganisationId != null && !EF.Functions.Like(content.Type, "image/%")
        orderby document.CreatedAt descending
        select new GivenDocument(document.Id, document.Name, version.CreatedAt, version.OrganisationId!.Value);

    private sealed record GivenDocument(Guid Id, string Name, DateTimeOffset At, Guid Giver);
}

/// <summary>What a record says was given; not yet answered by the receiver.</summary>
public sealed record ProposedContribution(ContributionSource Source, Guid GiverId, Guid ReceiverId, string Text, DateOnly HappenedOn)
{
    public bool IsSame(Contribution stored) => stored.SourceId == Source.Id && stored.GiverId == GiverId && stored.ReceiverId == ReceiverId;
}
