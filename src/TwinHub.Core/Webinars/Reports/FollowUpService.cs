using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Mail;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>What pressing the button did.</summary>
/// <param name="At">When the mail went out.</param>
/// <param name="People">To how many; null: it had gone before, and nothing was sent again.</param>
public sealed record FollowedUp(DateTimeOffset At, int? People);

/// <summary>The mail as it would go out: to who was there, and to who was not.</summary>
/// <param name="There">How many get the first.</param>
/// <param name="Missed">How many get the second.</param>
public sealed record FollowUpPreview(Letter Thanks, int There, Letter Miss, int Missed)
{
    public int People => There + Missed;
}

/// <summary>Writes to everybody invited what came of a webinar, once.</summary>
public sealed class FollowUpService(IDbContextFactory<TwinHubDb> dbs, InvitationPost post, FollowUpLetters letters, SurveyService surveys, SignInOptions options, HubClock clock)
{
    /// <summary>What would be said, in a language, without writing or sending anything.</summary>
    public async Task<Outcome<FollowUpPreview>> Preview(Guid actor, Guid id, string language, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await WebinarAccess.Hidden(db, actor, id, cancel) is { } hidden)
        {
            return hidden;
        }
        var webinar = await db.Webinars.AsNoTracking().SingleAsync(w => w.Id == id, cancel);
        var (living, visitors, materials) = (await Living(db, id).AsNoTracking().ToListAsync(cancel), await Visitors(db, id, cancel), await MaterialDocuments.For(db, id, actor, cancel));
        var mail = await Sample(db, webinar, language, cancel);
        var there = living.Count(i => visitors.Contains(i.PersonId));
        Letter Letter(bool wasThere) => letters.Write(mail, materials, wasThere, $"{options.BaseUrl}/surveys/");
        return new FollowUpPreview(Letter(true), there, Letter(false), living.Count - there);
    }

    /// <summary>Sends it to every living invitee of a webinar that is over; pressed again it says when it went out.</summary>
    /// <returns><c>closed</c> before the end; <c>invalid</c> where nobody is invited.</returns>
    public async Task<Outcome<FollowedUp>> Send(Guid actor, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await WebinarAccess.Lock(db, actor, id, cancel);
        if ((found.Refusal ?? found.Value.Unfinished(clock.GetUtcNow())) is { } refusal)
        {
            return refusal;
        }
        var webinar = found.Value;
        if (webinar.FollowedUpAt is { } before)
        {
            return new FollowedUp(before, null);
        }
        var living = await Living(db, id).ToListAsync(cancel);
        if (living.Count == 0)
        {
            return Refusal.Invalid("followUp", "report.nobody-invited");
        }
        await Write(db, webinar, living, cancel);
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{id} report"), cancel);
        await transaction.CommitAsync(cancel);
        return new FollowedUp(webinar.FollowedUpAt!.Value, living.Count);
    }

    private async Task Write(TwinHubDb db, Webinar webinar, List<Invitation> living, CancellationToken cancel)
    {
        var (visitors, materials) = (await Visitors(db, webinar.Id, cancel), await AfterReader.Materials(db, webinar.Id, cancel));
        var seen = await MaterialDocuments.Seen(db, materials, [.. living.Select(i => i.PersonId)], cancel);
        List<WebinarMaterial> For(Guid person) => [.. materials.Where(one => one.DocumentId is not { } document || seen.Contains((person, document)))];
        webinar.FollowUp(clock.GetUtcNow());
        await post.Send(db, webinar, living, (_, mail) => letters.Write(mail, For(mail.Invitee.Id), visitors.Contains(mail.Invitee.Id), surveys.Link(db, mail.Invitation.Id)), cancel);
        db.InvitationLog.Add(new(webinar.Id, null, clock.GetUtcNow(), "followed-up"));
    }

    private static IQueryable<Invitation> Living(TwinHubDb db, Guid id) =>
        WebinarAccess.Living(db).Where(i => i.WebinarId == id).OrderBy(i => i.Id);

    private static async Task<HashSet<Guid>> Visitors(TwinHubDb db, Guid id, CancellationToken cancel) =>
        [.. await db.RoomVisits.Where(v => v.WebinarId == id).Select(v => v.PersonId).Distinct().ToListAsync(cancel)];

    /// <summary>As if the organiser read that language and were invited.</summary>
    private async Task<WebinarMail> Sample(TwinHubDb db, Webinar webinar, string language, CancellationToken cancel)
    {
        var organiser = await db.People.AsNoTracking().SingleAsync(p => p.Id == webinar.OrganiserId, cancel);
        var network = await db.Networks.AsNoTracking().SingleAsync(n => n.Id == webinar.NetworkId, cancel);
        var reader = new Person(organiser.Email, organiser.Name, language, organiser.TimeZone, clock.GetUtcNow());
        return new(webinar, network, organiser, reader, new Invitation(webinar.Id, reader.Id, null, null, webinar.Sequence, clock.GetUtcNow()), webinar.Sequence, "", null);
    }
}
