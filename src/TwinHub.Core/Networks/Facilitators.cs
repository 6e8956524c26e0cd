using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;

namespace TwinHub.Core.Networks;

/// <summary>The administrator's way to begin: a network and who runs it. Everything else the facilitator does on the pages.</summary>
public sealed class Facilitators(IDbContextFactory<TwinHubDb> dbs, TimeProvider time)
{
    /// <summary>Makes a person the facilitator of a network; person, network and its facilitating body are made where absent.</summary>
    public async Task<Outcome<Guid>> Appoint(string email, string slug, string? template, CancellationToken cancel)
    {
        var address = EmailAddress.Normal(email);
        if (!EmailAddress.IsValid(address))
        {
            return Refusal.Invalid("email", "error.email");
        }
        if (!Names.IsSlug(slug))
        {
            return Refusal.Invalid("network", "error.group.slug_form");
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.People.AnyAsync(p => p.Email == address && p.DisabledAt != null, cancel))
        {
            return Refusal.Invalid("email", "error.person.disabled");
        }
        var network = await db.Networks.SingleOrDefaultAsync(n => n.Slug == slug, cancel);
        // A network that stands has its template: it need not be said again, but not another one either.
        var wanted = template ?? network?.Template;
        if (NetworkTemplate.All.All(known => known.Id != wanted) || (network is not null && network.Template != wanted))
        {
            return Refusal.Invalid("template");
        }
        if (network is null)
        {
            network = new Network(slug, wanted!, slug[..Math.Min(20, slug.Length)].ToUpperInvariant(), LocalizedText.Same(slug), "Europe/Paris", time.GetUtcNow());
            db.Networks.Add(network);
        }
        var person = await Person(db, address, network, cancel);
        if (!await db.NetworkRoles.AnyAsync(r => r.NetworkId == network.Id && r.PersonId == person.Id && r.Role == "facilitator", cancel))
        {
            db.NetworkRoles.Add(new NetworkRole(network.Id, person.Id, "facilitator"));
        }
        db.Note(time, null, "facilitator.appointed", $"{slug} {person.Id}", "terminal");
        await db.SaveAndTell(new(Live.Notice.AccessChanged, person.Id.ToString()), cancel);
        return person.Id;
    }

    private async Task<Person> Person(TwinHubDb db, string email, Network network, CancellationToken cancel)
    {
        var person = await db.People.SingleOrDefaultAsync(p => p.Email == email, cancel);
        if (person is null)
        {
            person = new Person(email, email.Split('@')[0].Replace('.', ' '), "en", network.TimeZone, time.GetUtcNow());
            db.People.Add(person);
        }
        person.Join();
        var kind = NetworkTemplate.Of(network.Template).FacilitatingKind;
        var body = await db.Organisations.FirstOrDefaultAsync(o => o.NetworkId == network.Id && o.Kind == kind, cancel);
        if (body is null)
        {
            body = new Organisation(network.Id, kind, LocalizedText.Same(network.Names.In("en")), network.Tag[..Math.Min(2, network.Tag.Length)], network.TimeZone, time.GetUtcNow());
            db.Organisations.Add(body);
        }
        if (!await db.OrganisationPeople.AnyAsync(p => p.OrganisationId == body.Id && p.PersonId == person.Id, cancel))
        {
            db.OrganisationPeople.Add(new OrganisationPerson(body.Id, person.Id, time.GetUtcNow()));
        }
        return person;
    }
}
