using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Reminders;

/// <summary>
/// Who wants no reminders of a kind any more (RFC 8058). The link in a mail works for ever and needs no sign-in; it stops that
/// kind of mail to that person and can do nothing else.
/// </summary>
public sealed class Unsubscriptions(IDbContextFactory<TwinHubDb> dbs, SignInOptions options, HubClock clock, TimeProvider time)
{
    /// <summary>Mails about webinars to come.</summary>
    public const string WebinarReminders = "webinar-reminder";

    /// <summary>Mails about quarterly updates, and about reviews, that are due.</summary>
    public const string RegisterReminders = "register-reminder", ReviewReminders = "review-reminder";

    /// <summary>Makes the link for a mail of a kind to a person, inside the transaction of the mail.</summary>
    internal string Link(TwinHubDb db, Guid person, string kind)
    {
        var token = Secret.New();
        db.PersonLinks.Add(new(Secret.Hash(Secret.Unsubscribe, token), person, Secret.Unsubscribe, null, kind, time.GetUtcNow()));
        return $"{options.BaseUrl}/unsubscribe/{token}";
    }

    /// <summary>Makes the link for a mail to the person of an invitation, inside the transaction of the mail.</summary>
    internal string Link(TwinHubDb db, Guid invitation) => $"{options.BaseUrl}/unsubscribe/{LinkedInvitation.NewToken(db, invitation, Secret.Unsubscribe, time.GetUtcNow())}";

    /// <summary>Whom a link is for, in which language to speak, and whether the mails have been stopped.</summary>
    public async Task<Outcome<Unsubscriber>> Find(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Find(db, token, cancel);
    }

    /// <summary>Stops the mails; again is no fault.</summary>
    public Task<Outcome<Unsubscriber>> Stop(string token, CancellationToken cancel) => Change(token, stop: true, cancel);

    /// <summary>Whoever stopped them by mistake gets those to come again.</summary>
    public Task<Outcome<Unsubscriber>> Resume(string token, CancellationToken cancel) => Change(token, stop: false, cancel);

    private async Task<Outcome<Unsubscriber>> Change(string token, bool stop, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await Find(db, token, cancel);
        if (found.Refusal is not null)
        {
            return found;
        }
        var (person, kind) = (found.Value.PersonId, found.Value.Kind);
        await (stop
            ? db.Database.ExecuteSqlAsync($"insert into unsubscribed (person_id, kind, at) values ({person}, {kind}, {clock.GetUtcNow()}) on conflict do nothing", cancel)
            : db.Unsubscribed.Where(u => u.PersonId == person && u.Kind == kind).ExecuteDeleteAsync(cancel));
        return found.Value with { Stopped = stop };
    }

    private static async Task<Outcome<Unsubscriber>> Find(TwinHubDb db, string token, CancellationToken cancel)
    {
        var hash = Secret.Hash(Secret.Unsubscribe, token);
        var found = await db.InvitationLinks.Where(l => l.Hash == hash).Join(db.Invitations, l => l.InvitationId, i => i.Id, (l, i) => new { i.PersonId, Kind = WebinarReminders })
            .Concat(db.PersonLinks.Where(l => l.Hash == hash && l.Purpose == Secret.Unsubscribe).Select(l => new { l.PersonId, Kind = l.Kind! })).SingleOrDefaultAsync(cancel);
        var person = found is null ? null : await db.People.Where(p => p.Id == found.PersonId)
            .Select(p => new Unsubscriber(p.Id, p.Language, p.TimeZone, found.Kind, db.Unsubscribed.Any(u => u.PersonId == p.Id && u.Kind == found.Kind))).SingleOrDefaultAsync(cancel);
        return person is null ? Refusal.NotFound : person;
    }
}

/// <summary>Somebody who follows the link at the foot of a reminder.</summary>
/// <param name="Kind">The kind of mail it stops.</param>
public sealed record Unsubscriber(Guid PersonId, string Language, string TimeZone, string Kind, bool Stopped);
