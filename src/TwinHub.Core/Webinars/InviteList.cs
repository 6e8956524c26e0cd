using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars;

/// <summary>Somebody from outside. Language and zone may be left out: the organiser's own hold then.</summary>
public sealed record InviteGuest(string? Email, string? Name, string? Language, string? TimeZone);

/// <summary>Whom to invite, as an organiser enters it.</summary>
/// <param name="People">Mail addresses of people in the network.</param>
/// <param name="Organisations">All people of these organisations.</param>
/// <param name="Groups">Slugs: all members of these groups.</param>
/// <param name="AllGroups">All members of all living groups the organiser may ask.</param>
public sealed record InviteList(
    IReadOnlyList<string>? People = null, IReadOnlyList<Guid>? Organisations = null, IReadOnlyList<string>? Groups = null,
    IReadOnlyList<InviteGuest>? Guests = null, bool AllGroups = false)
{
    public bool IsEmpty => (People?.Count ?? 0) + (Organisations?.Count ?? 0) + (Groups?.Count ?? 0) + (Guests?.Count ?? 0) == 0 && !AllGroups;
}

/// <summary>A person to invite, and the group through which.</summary>
internal sealed record Invitee(Guid PersonId, Guid? GroupId);

/// <summary>Turns an invite list into people: each once, nobody disabled, nobody out of the organiser's reach.</summary>
internal sealed class InviteListResolver(TwinHubDb db, Host host, Person organiser, DateTimeOffset now)
{
    /// <summary>New outside addresses a person may invite in a day (invitations, Decided).</summary>
    public const int GuestsADay = 200;

    private const int MaxEntries = 5_000;
    private readonly Dictionary<Guid, Invitee> _people = [];

    public async Task<Outcome<IReadOnlyList<Invitee>>> Resolve(InviteList list, CancellationToken cancel)
    {
        if ((list.People?.Count ?? 0) + (list.Organisations?.Count ?? 0) + (list.Groups?.Count ?? 0) + (list.Guests?.Count ?? 0) > MaxEntries)
        {
            return new Refusal(RefusalCode.TooLong, "error.invite.many", "invite");
        }
        var fault = await Groups(list.Groups ?? [], list.AllGroups, cancel) ?? await Organisations(list.Organisations ?? [], cancel)
            ?? await People(list.People ?? [], cancel) ?? await Guests(list.Guests ?? [], cancel);
        _people.Remove(organiser.Id);
        return fault is null ? _people.Values.ToList() : fault;
    }

    private async Task<Refusal?> Groups(IReadOnlyList<string> slugs, bool all, CancellationToken cancel)
    {
        var wanted = slugs.Distinct().ToList();
        var groups = await host.AllGroups(db).Where(g => wanted.Contains(g.Slug) || (all && g.Status != "completed" && g.Status != "endedEarly"))
            .Select(g => new { g.Id, g.Slug }).ToListAsync(cancel);
        if (wanted.Except(groups.Select(g => g.Slug)).Any())
        {
            return Refusal.Invalid("invite.groups", "error.invite.groups");
        }
        var ids = groups.Select(g => g.Id).ToList();
        Add(await Living(db.Memberships.Where(m => ids.Contains(m.GroupId)).OrderBy(m => m.Since).Select(m => new Invitee(m.PersonId, m.GroupId)), cancel));
        return null;
    }

    private async Task<Refusal?> Organisations(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.Distinct().ToList();
        var reach = db.Organisations.Where(o => o.NetworkId == host.NetworkId && wanted.Contains(o.Id));
        if (host.Groups is { } led)
        {
            reach = reach.Where(o => db.GroupPartners.Any(p => p.OrganisationId == o.Id && led.Contains(p.GroupId)));
        }
        var known = await reach.Select(o => o.Id).ToListAsync(cancel);
        if (known.Count != wanted.Count)
        {
            return Refusal.Invalid("invite.organisations", "error.invite.organisations");
        }
        Add(await Living(db.OrganisationPeople.Where(p => known.Contains(p.OrganisationId)).OrderBy(p => p.Since).Select(p => new Invitee(p.PersonId, null)), cancel));
        return null;
    }

    private async Task<Refusal?> People(IReadOnlyList<string> emails, CancellationToken cancel)
    {
        var wanted = emails.Select(EmailAddress.Normal).Distinct().ToList();
        var people = await Reach().Where(p => wanted.Contains(p.Email)).Select(p => new { p.Id, p.Email }).ToListAsync(cancel);
        if (wanted.Except(people.Select(p => p.Email)).Any())
        {
            return Refusal.Invalid("invite.people", "error.invite.people");
        }
        Add(people.Select(p => new Invitee(p.Id, null)));
        return null;
    }

    /// <summary>The living people an organiser may ask by address.</summary>
    private IQueryable<Person> Reach()
    {
        var living = db.People.Where(p => p.DisabledAt == null && !p.Guest);
        return host.Groups is { } led ? living.Where(p => db.Memberships.Any(m => m.PersonId == p.Id && led.Contains(m.GroupId)))
            : living.Where(p => db.OrganisationPeople.Any(o => o.PersonId == p.Id && db.Organisations.Any(x => x.Id == o.OrganisationId && x.NetworkId == host.NetworkId)));
    }

    private async Task<Refusal?> Guests(IReadOnlyList<InviteGuest> guests, CancellationToken cancel)
    {
        foreach (var guest in guests.DistinctBy(guest => EmailAddress.Normal(guest.Email ?? "")))
        {
            var (email, name) = (EmailAddress.Normal(guest.Email ?? ""), Names.Clean(guest.Name) ?? guest.Email?.Split('@')[0]);
            var fault = !EmailAddress.IsValid(email) ? Refusal.Invalid("invite.guests", "error.email")
                : Names.Clean(name) is null ? Refusal.Invalid("invite.guests", "error.name")
                : guest.Language is not null && !Text.Languages.IsKnown(guest.Language) ? Refusal.Invalid("invite.guests", "error.language")
                : guest.TimeZone is not null && !Names.IsTimeZone(guest.TimeZone) ? Refusal.Invalid("invite.guests", "error.time_zone")
                : null;
            if (fault is not null)
            {
                return fault;
            }
            var person = await db.People.SingleOrDefaultAsync(p => p.Email == email, cancel);
            if (person is { DisabledAt: not null })
            {
                return Refusal.Invalid("invite.guests", "error.invite.people");
            }
            if (person is null)
            {
                person = Person.GuestOf(organiser.Id, email, Names.Clean(name)!, guest.Language ?? organiser.Language, guest.TimeZone ?? organiser.TimeZone, now);
                db.People.Add(person);
            }
            Add([new(person.Id, null)]);
        }
        await db.SaveChangesAsync(cancel);
        var today = now.AddDays(-1);
        return await db.People.CountAsync(p => p.Guest && p.InvitedBy == organiser.Id && p.CreatedAt > today, cancel) > GuestsADay
            ? new Refusal(RefusalCode.RateLimited, "error.invite.guests_a_day", "invite.guests") : null;
    }

    private async Task<List<Invitee>> Living(IQueryable<Invitee> invitees, CancellationToken cancel)
    {
        var found = await invitees.ToListAsync(cancel);
        var ids = found.Select(i => i.PersonId).Distinct().ToList();
        var living = (await db.People.Where(p => ids.Contains(p.Id) && p.DisabledAt == null).Select(p => p.Id).ToListAsync(cancel)).ToHashSet();
        return [.. found.Where(i => living.Contains(i.PersonId))];
    }

    private void Add(IEnumerable<Invitee> invitees)
    {
        foreach (var invitee in invitees)
        {
            _people.TryAdd(invitee.PersonId, invitee);
        }
    }
}
