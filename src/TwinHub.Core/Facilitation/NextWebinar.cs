using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Facilitation;

/// <summary>The next webinar of a network, and who has answered.</summary>
internal sealed record NextWebinar(BoardWebinar Shown, IReadOnlyDictionary<Guid, BoardAnswers> ByGroup)
{
    public static async Task<NextWebinar?> Find(TwinHubDb db, Guid network, DateTimeOffset now, CancellationToken cancel)
    {
        var next = await db.Webinars.Where(w => w.NetworkId == network && w.State == Webinar.Scheduled && w.EndsAt > now && db.Invitations.Any(i => i.WebinarId == w.Id && i.RemovedAt == null))
            .OrderBy(w => w.StartsAt).ThenBy(w => w.Id).AsNoTracking().FirstOrDefaultAsync(cancel);
        if (next is null)
        {
            return null;
        }
        var counts = await db.Invitations.Where(i => i.WebinarId == next.Id && i.RemovedAt == null)
            .GroupBy(i => new { i.GroupId, i.Response }).Select(of => new { of.Key.GroupId, of.Key.Response, People = of.Count() }).ToListAsync(cancel);
        int Said(IEnumerable<(string Response, int People)> rows, params string[] responses) => rows.Where(row => responses.Contains(row.Response)).Sum(row => row.People);
        var groups = counts.Where(c => c.GroupId != null).GroupBy(c => c.GroupId!.Value, c => (c.Response, c.People)).ToDictionary(of => of.Key, of => new BoardAnswers(
            Said(of, Invitation.Accepted, Invitation.Waiting), Said(of, Invitation.Tentative), Said(of, Invitation.Declined), Said(of, Invitation.None)));
        var all = counts.Sum(c => c.People);
        var shown = new BoardWebinar(next.Id, next.Title, DateOnly.FromDateTime(next.StartsLocal), all - counts.Where(c => c.Response == Invitation.None).Sum(c => c.People), all);
        return new(shown, groups);
    }

    public BoardAnswers? Of(Guid group) => ByGroup.GetValueOrDefault(group);
}
