using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Mail;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars;

/// <summary>
/// The addresses to which calendars answer: one a person and network, unguessable, and so the proof of who answers
/// (invitations, rule 16). Without a reply domain there are none.
/// </summary>
public sealed class RsvpAddresses(MailOptions options, TimeProvider time)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>26 letters of 32: 130 bits.</summary>
    private const int Length = 26;

    /// <summary>The address a token stands for.</summary>
    public string Address(string token) => $"rsvp+{token}@{options.ReplyDomain}";

    /// <summary>Whose mailbox an invitation's mails come from (invitations, rules 15 and 16): the person's address for answers, in the organiser's name.</summary>
    public MailAddressing Sender(Invitation invitation, Person organiser) =>
        new(invitation.RsvpToken is { } token && options.ReplyDomain.Length > 0 ? Address(token) : options.From, organiser.Name);

    /// <summary>The living token of each person, made where there is none; empty without a reply domain.</summary>
    internal async Task<IReadOnlyDictionary<Guid, string>> For(TwinHubDb db, Guid network, IReadOnlyCollection<Guid> people, CancellationToken cancel)
    {
        if (options.ReplyDomain.Length == 0)
        {
            return new Dictionary<Guid, string>();
        }
        Guid[] ids = [.. people.Distinct()];
        string[] fresh = [.. ids.Select(_ => RandomNumberGenerator.GetString(Letters, Length))];
        // Another webinar may ask the same people at this moment: who comes second takes the first one's.
        await db.Database.ExecuteSqlAsync($"""
            insert into rsvp_addresses (token, network_id, person_id, created_at)
            select t, {network}, p, {time.GetUtcNow()} from unnest({fresh}, {ids}) as n(t, p)
            on conflict (network_id, person_id) where replaced_at is null and revoked_at is null do nothing
            """, cancel);
        return await db.RsvpAddresses.Where(a => a.NetworkId == network && ids.Contains(a.PersonId) && a.ReplacedAt == null && a.RevokedAt == null)
            .ToDictionaryAsync(a => a.PersonId, a => a.Token, cancel);
    }
}
