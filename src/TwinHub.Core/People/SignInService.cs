using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Mail;
using TwinHub.Core.Text;

namespace TwinHub.Core.People;

/// <summary>
/// Signing in by a mailed link. Nobody signs up: a link goes only to a person a facilitator has added, but the answer and
/// its time are the same for every address (ASVS 6.3.8): asking writes one row, a job does the rest.
/// </summary>
public sealed class SignInService(IDbContextFactory<TwinHubDb> dbs, TimeProvider time, Outbox outbox, SignInOptions options, HubLimits limits)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Notes that somebody asked for a link.</summary>
    /// <returns><c>invalid</c> for what is no address, <c>rate_limited</c> when the address or the network asked too often.</returns>
    public async Task<Outcome<bool>> Ask(string? email, string? address, CancellationToken cancel)
    {
        var normal = EmailAddress.Normal(email ?? "");
        if (!EmailAddress.IsValid(normal))
        {
            return Refusal.Invalid("email", "error.email");
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // One after the other for an address and for a network: requests at the same moment would all count the same rows.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(1, hashtext({normal})), pg_advisory_xact_lock(2, hashtext({address}))", cancel);
        var (now, since) = (time.GetUtcNow(), time.GetUtcNow() - Window);
        if (await db.SignInRequests.CountAsync(r => r.Email == normal && r.AskedAt > since, cancel) >= limits.SignInsPerAddress
            || await db.SignInRequests.CountAsync(r => r.Address == address && r.AskedAt > since, cancel) >= limits.SignInsPerNetwork)
        {
            return new Refusal(RefusalCode.RateLimited, "error.sign_in.too_often");
        }
        db.SignInRequests.Add(new SignInRequest(normal, address, now));
        await db.SaveAndTell(new(Notice.SignInAsked, ""), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Answers the requests that wait: a mailed link where the address is a person's, nothing where not.</summary>
    /// <returns>How many were answered.</returns>
    public async Task<int> AnswerRequests(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var waiting = await db.SignInRequests
            .FromSql($"select * from sign_in_requests where answered_at is null order by asked_at limit 50 for update skip locked")
            .ToListAsync(cancel);
        foreach (var request in waiting)
        {
            request.Answered(time.GetUtcNow());
            var person = await db.People.SingleOrDefaultAsync(p => p.Email == request.Email && p.DisabledAt == null && !p.Guest, cancel);
            db.Note(time, person?.Id, person is null ? "sign-in.unknown" : "sign-in.asked", null, request.Address);
            if (person is not null)
            {
                var (token, hash) = Create(db, person);
                await outbox.Queue(db, Letter(person, token, hash), cancel);
            }
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return waiting.Count;
    }

    /// <summary>Makes a link without mail, for the administrator's terminal; it lives as long as a mailed one.</summary>
    public async Task<string> MakeLink(Guid personId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var person = await db.People.SingleAsync(p => p.Id == personId, cancel);
        var (token, _) = Create(db, person);
        db.Note(time, personId, "sign-in.link-made", "terminal");
        await db.SaveChangesAsync(cancel);
        return Url(token, person.Language);
    }

    /// <summary>Whether a link could still be used; looking does not use it (mail scanners look).</summary>
    public async Task<bool> IsUsable(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (hash, now) = (Secret.Hash(Secret.SignIn, token), time.GetUtcNow());
        return await db.SignInLinks.AnyAsync(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now, cancel);
    }

    /// <summary>Uses a link, once: two requests at the same moment cannot both succeed.</summary>
    /// <returns>The person, or not found when the link is used, too old or unknown.</returns>
    public async Task<Outcome<Guid>> Use(string token, string? address, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (hash, now) = (Secret.Hash(Secret.SignIn, token), time.GetUtcNow());
        var used = await db.SignInLinks
            .Where(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancel);
        var person = used == 0 ? Guid.Empty : await db.SignInLinks.Where(l => l.Hash == hash)
            .Join(db.People.Where(p => p.DisabledAt == null), l => l.PersonId, p => p.Id, (l, p) => p.Id).SingleOrDefaultAsync(cancel);
        db.Note(time, person == Guid.Empty ? null : person, person == Guid.Empty ? "sign-in.refused" : "sign-in", null, address);
        await db.SaveChangesAsync(cancel);
        return person == Guid.Empty ? Refusal.NotFound : person;
    }

    private (string Token, byte[] Hash) Create(TwinHubDb db, Person person)
    {
        var token = Secret.New();
        var hash = Secret.Hash(Secret.SignIn, token);
        db.SignInLinks.Add(new SignInLink(hash, person.Id, time.GetUtcNow(), options.LinkLife));
        return (token, hash);
    }

    private string Url(string token, string language) => $"{options.BaseUrl}/sign-in/{WebUtility.UrlEncode(token)}?lang={language}";

    private Letter Letter(Person person, string token, byte[] hash)
    {
        var words = Texts.Shared.For(person.Language);
        return new Letter(person.Email, person.Name, person.Language, "sign-in")
        {
            Subject = words["mail.sign-in.subject"],
            Paragraphs = [words.Count("mail.sign-in.body", (long)options.LinkLife.TotalMinutes, ("product", "TwinHub"))],
            Button = new(words["mail.sign-in.button"], Url(token, person.Language)),
            Why = words["mail.sign-in.why"],
            Reason = MailReason.SignInLink(hash),
        };
    }
}

/// <summary>Section <c>SignIn</c> of the configuration, and the address under which people reach the hub.</summary>
public sealed record SignInOptions
{
    /// <summary>How long a mailed link works.</summary>
    public TimeSpan LinkLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A session ends after this long without a sign of life.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A session ends after this long in any case.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Scheme, host and port in links; never taken from a request (ASVS 14.4).</summary>
    public string BaseUrl { get; set; } = "";
}
