using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Mail;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars;

/// <summary>Shows who runs a webinar the mail that would go out, without writing or sending anything.</summary>
public sealed class LetterPreview(IDbContextFactory<TwinHubDb> dbs, WebinarLetters letters, SignInOptions options, HubClock clock)
{
    /// <summary>The invitation or the nudge in a language: to somebody invited who reads it, else as if the organiser did.</summary>
    public async Task<Outcome<Letter>> Show(Guid actor, Guid id, string language, bool nudge, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var webinar = await WebinarAccess.RunBy(db, actor).AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancel);
        if (webinar is null)
        {
            return await WebinarAccess.Visible(db, actor).AnyAsync(w => w.Id == id, cancel) ? Refusal.NotAllowed : Refusal.NotFound;
        }
        var organiser = await db.People.AsNoTracking().SingleAsync(p => p.Id == webinar.OrganiserId, cancel);
        var reader = await db.Invitations.Where(i => i.WebinarId == id && i.RemovedAt == null).Join(db.People, i => i.PersonId, p => p.Id, (i, p) => p)
            .Where(p => p.Language == language && p.DisabledAt == null).OrderBy(p => p.Guest).ThenBy(p => p.Name).AsNoTracking().FirstOrDefaultAsync(cancel)
            ?? new Person(organiser.Email, organiser.Name, language, organiser.TimeZone, clock.GetUtcNow());
        var network = await db.Networks.AsNoTracking().SingleAsync(n => n.Id == webinar.NetworkId, cancel);
        var sample = new Invitation(id, reader.Id, null, null, webinar.Sequence, clock.GetUtcNow());
        var mail = new WebinarMail(webinar, network, organiser, reader, sample, webinar.Sequence, $"{options.BaseUrl}/invitations/", null);
        return nudge ? letters.Nudge(mail) : letters.Request(mail);
    }
}
