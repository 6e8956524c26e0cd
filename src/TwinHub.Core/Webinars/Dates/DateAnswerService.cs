using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars.Dates;

/// <summary>Answers by the mailed link: which dates suit. They hold no seat and answer no invitation.</summary>
public sealed class DateAnswerService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>Records what a person says to the dates ahead, again as often as they like until one is chosen.</summary>
    /// <param name="answers"><c>yes</c>, <c>maybe</c> or <c>no</c> by date; what is not among the dates any more is passed over.</param>
    /// <returns><c>not_found</c>: no such link; <c>closed</c>: a date is chosen, or the webinar cancelled.</returns>
    public async Task<Outcome<bool>> Answer(string token, IReadOnlyDictionary<Guid, string> answers, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await Lock(db, Secret.Hash(Secret.Date, token), cancel) is not { } webinar || await LinkedInvitation.Find(db, Secret.Date, token, cancel) is not { Invitation: var invitation })
        {
            return Refusal.NotFound;
        }
        if (Judge(webinar, answers) is { } refusal)
        {
            return refusal;
        }
        var dates = await DateList.Ahead(db, webinar.Id, clock.GetUtcNow()).Select(d => d.Id).ToListAsync(cancel);
        var known = answers.Where(answer => dates.Contains(answer.Key)).ToList();
        if (known.Count == 0)
        {
            return Refusal.Invalid("answers", "error.dates.answer");
        }
        await Take(db, webinar, invitation, known, cancel);
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinar.Id} dates"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static Task<Webinar?> Lock(TwinHubDb db, byte[] link, CancellationToken cancel) => db.Webinars.FromSql(
        $"select w.* from webinars w where w.id = (select i.webinar_id from invitations i join invitation_links l on l.invitation_id = i.id where l.hash = {link}) for update").SingleOrDefaultAsync(cancel);

    private Refusal? Judge(Webinar webinar, IReadOnlyDictionary<Guid, string> answers) =>
        webinar.State != Webinar.Draft ? webinar.Closed(clock.GetUtcNow()) ?? new Refusal(RefusalCode.Closed, "error.dates.decided")
        : webinar.DatesAskedAt is null ? Refusal.NotFound
        : answers.Values.All(answer => answer is DateAnswer.Yes or DateAnswer.Maybe or DateAnswer.No) ? null : Refusal.Invalid("answers", "error.dates.answer");

    private async Task Take(TwinHubDb db, Webinar webinar, Invitation invitation, List<KeyValuePair<Guid, string>> answers, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var present = await db.DateAnswers.Where(a => a.InvitationId == invitation.Id).ToDictionaryAsync(a => a.DateId, cancel);
        foreach (var (date, answer) in answers)
        {
            if (present.TryGetValue(date, out var given))
            {
                given.Change(answer, now);
            }
            else
            {
                db.DateAnswers.Add(new(date, invitation.Id, answer, now));
            }
        }
        db.InvitationLog.Add(new(webinar.Id, invitation.Id, now, DateList.Answered) { Via = "link" });
    }
}
