using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>The three questions as somebody answers them.</summary>
/// <param name="Useful">1 to 5.</param>
public sealed record SurveyInput(int? Useful, string? TakesHome, string? Better);

/// <summary>A survey as its mailed link shows it, signed in or not.</summary>
public sealed record SurveyPage(AfterView After, string Name, string Language, string TimeZone);

/// <summary>
/// Three questions after a webinar, for everybody who was invited: on its page, or by the link in the follow-up mail. Who runs
/// the webinar sees numbers and words, never whose they are.
/// </summary>
public sealed class SurveyService(IDbContextFactory<TwinHubDb> dbs, SignInOptions options, HubClock clock, TimeProvider time)
{
    /// <summary>UTF-16 units of each free text, as the schema says.</summary>
    public const int MaxText = 1_000;

    /// <summary>So long an answer may be given and changed.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromDays(60);

    /// <summary>Counted from the mail that asks, and where none has gone from the webinar's end.</summary>
    internal static DateTimeOffset Closes(Webinar webinar) => (webinar.FollowedUpAt ?? webinar.EndsAt) + Open;

    /// <summary>Makes the link for a mail to the person of an invitation, inside the transaction of the mail.</summary>
    internal string Link(TwinHubDb db, Guid invitation) => $"{options.BaseUrl}/surveys/{LinkedInvitation.NewToken(db, invitation, Secret.Survey, time.GetUtcNow())}";

    /// <summary>What a mailed link is for; not found when the person was taken off or the account is closed.</summary>
    public async Task<Outcome<SurveyPage>> ByLink(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await ByLink(db, token, cancel) is not { } found ? Refusal.NotFound
            : new SurveyPage(await AfterReader.Of(db, found.Person.Id, (await WebinarReader.Views(db, found.Person.Id, [found.Webinar], cancel))[0], clock.GetUtcNow(), cancel),
                found.Person.Name, found.Person.Language, found.Person.TimeZone);
    }

    /// <summary>Records what the person of a link says.</summary>
    public async Task<Outcome<bool>> Answer(string token, SurveyInput input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await ByLink(db, token, cancel) is { } found ? await Take(db, found.Person.Id, found.Webinar, input, cancel) : Refusal.NotFound;
    }

    /// <summary>Records what somebody invited says; not allowed for who runs a webinar without being asked to it.</summary>
    public async Task<Outcome<bool>> Answer(Guid person, Guid id, SurveyInput input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var webinar = await WebinarAccess.Visible(db, person).AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancel);
        return webinar is null ? Refusal.NotFound
            : !await db.Invitations.AnyAsync(i => i.WebinarId == id && i.PersonId == person && i.RemovedAt == null, cancel) ? Refusal.NotAllowed
            : await Take(db, person, webinar, input, cancel);
    }

    private static async Task<(Person Person, Webinar Webinar)?> ByLink(TwinHubDb db, string token, CancellationToken cancel)
    {
        var hash = Secret.Hash(Secret.Survey, token);
        var found = await db.InvitationLinks.Where(l => l.Hash == hash && l.Purpose == Secret.Survey)
            .Join(db.Invitations.Where(i => i.RemovedAt == null), l => l.InvitationId, i => i.Id, (l, i) => i)
            .Join(db.People.Where(p => p.DisabledAt == null), i => i.PersonId, p => p.Id, (i, p) => new { i.WebinarId, Person = p })
            .Join(db.Webinars, x => x.WebinarId, w => w.Id, (x, w) => new { x.Person, Webinar = w }).AsNoTracking().SingleOrDefaultAsync(cancel);
        return found is null ? null : (found.Person, found.Webinar);
    }

    private async Task<Outcome<bool>> Take(TwinHubDb db, Guid person, Webinar webinar, SurveyInput input, CancellationToken cancel)
    {
        var (now, takesHome, better) = (clock.GetUtcNow(), LongText.Clean(input.TakesHome, MaxText, "takesHome"), LongText.Clean(input.Better, MaxText, "better"));
        var refusal = webinar.Unfinished(now) ?? (now >= Closes(webinar) ? new Refusal(RefusalCode.Closed, "survey.closed") : null)
            ?? (input.Useful is >= 1 and <= 5 ? null : Refusal.Invalid("useful", "survey.useful-wanted")) ?? takesHome.Refusal ?? better.Refusal;
        if (refusal is not null)
        {
            return refusal;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into survey_answers (webinar_id, person_id, useful, takes_home, better, answered_at) values ({webinar.Id}, {person}, {input.Useful}, {takesHome.Value}, {better.Value}, {now})
            on conflict (webinar_id, person_id) do update set useful = excluded.useful, takes_home = excluded.takes_home, better = excluded.better, answered_at = excluded.answered_at
            """, cancel);
        await db.Tell(new(Notice.WebinarChanged, $"{webinar.Id} survey"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
