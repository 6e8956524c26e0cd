using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;

namespace TwinHub.Core.Networks;

/// <summary>What a facilitator enters for an organisation. City, country and position may be left out.</summary>
public sealed record NewOrganisation(string? Name, string? Kind, string? Country, string? City, string? TimeZone, double? Latitude, double? Longitude, IReadOnlyList<string>? Languages);

/// <summary>What a facilitator enters for a person.</summary>
public sealed record NewPerson(string? Email, string? Name, string? Language, string? TimeZone, Guid? Organisation);

/// <summary>What a facilitator enters for a group; without a slug one is made from the partners' names.</summary>
public sealed record NewGroup(string? Slug, string? Name, string? Theme, string? Basis, string? Concept, string? Status, IReadOnlyList<Guid>? Organisations, DateOnly? StartsOn, DateOnly? EndsOn);

/// <summary>Running a network: its facilitators add organisations, people and groups.</summary>
public sealed class NetworkEditor(IDbContextFactory<TwinHubDb> dbs, TimeProvider time)
{
    public async Task<Outcome<Organisation>> AddOrganisation(Guid actor, string slug, NewOrganisation input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, actor, slug, cancel);
        if (network.Refusal is { } refusal)
        {
            return refusal;
        }
        var (name, city) = (Names.Clean(input.Name), Names.Clean(input.City));
        var fault = name is null ? Refusal.Invalid("name", "error.name")
            : !NetworkTemplate.Of(network.Value.Template).HasKind(input.Kind ?? "") ? Refusal.Invalid("kind", "error.organisation.kind")
            : input.Country is not null && !(input.Country.Length == 2 && input.Country.All(char.IsAsciiLetterUpper)) ? Refusal.Invalid("country", "error.country")
            : !Names.IsTimeZone(input.TimeZone) ? Refusal.Invalid("timeZone", "error.time_zone")
            : input.Latitude is < -90 or > 90 or double.NaN || input.Longitude is < -180 or > 180 or double.NaN ? Refusal.Invalid("latitude", "error.position")
            : null;
        if (fault is not null)
        {
            return fault;
        }
        var organisation = new Organisation(network.Value.Id, input.Kind!, LocalizedText.Same(name!), Emblem(city ?? name!), input.TimeZone!, time.GetUtcNow())
            .At(input.Country, city is null ? null : LocalizedText.Same(city), input.Latitude, input.Longitude)
            .Speaking((input.Languages ?? []).Where(Text.Languages.IsKnown));
        db.Organisations.Add(organisation);
        db.Note(time, actor, "organisation.added", organisation.Id.ToString());
        await db.SaveChangesAsync(cancel);
        return organisation;
    }

    /// <summary>Adds a person to an organisation. A known address joins the organisation and keeps what it is.</summary>
    public async Task<Outcome<Person>> AddPerson(Guid actor, string slug, NewPerson input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, actor, slug, cancel);
        if (network.Refusal is { } refusal)
        {
            return refusal;
        }
        var (email, name) = (EmailAddress.Normal(input.Email ?? ""), Names.Clean(input.Name));
        var fault = !EmailAddress.IsValid(email) ? Refusal.Invalid("email", "error.email")
            : name is null ? Refusal.Invalid("name", "error.name")
            : !Text.Languages.IsKnown(input.Language) ? Refusal.Invalid("language", "error.language")
            : !Names.IsTimeZone(input.TimeZone) ? Refusal.Invalid("timeZone", "error.time_zone")
            : !await db.Organisations.AnyAsync(o => o.Id == input.Organisation && o.NetworkId == network.Value.Id, cancel) ? Refusal.Invalid("organisation", "error.organisation")
            : null;
        if (fault is not null)
        {
            return fault;
        }
        var person = await db.People.SingleOrDefaultAsync(p => p.Email == email, cancel);
        if (person is null)
        {
            person = new Person(email, name!, input.Language!, input.TimeZone!, time.GetUtcNow());
            db.People.Add(person);
        }
        else if (await db.OrganisationPeople.AnyAsync(p => p.OrganisationId == input.Organisation && p.PersonId == person.Id, cancel))
        {
            return new Refusal(RefusalCode.Conflict, "error.person.exists", "email");
        }
        person.Join();
        db.OrganisationPeople.Add(new OrganisationPerson(input.Organisation!.Value, person.Id, time.GetUtcNow()));
        db.Note(time, actor, "person.added", person.Id.ToString());
        return await Save(db, person, "error.person.exists", cancel);
    }

    /// <summary>Starts a group between organisations of the network, with its first channel.</summary>
    public async Task<Outcome<TwinningGroup>> StartGroup(Guid actor, string slug, NewGroup input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, actor, slug, cancel);
        if (network.Refusal is { } refusal)
        {
            return refusal;
        }
        var ids = (input.Organisations ?? []).Distinct().ToList();
        var partners = await db.Organisations.Where(o => ids.Contains(o.Id) && o.NetworkId == network.Value.Id).ToListAsync(cancel);
        partners = [.. partners.OrderBy(o => ids.IndexOf(o.Id))];
        if (Fault(NetworkTemplate.Of(network.Value.Template), input, ids, partners) is { } fault)
        {
            return fault;
        }
        var name = Names.Clean(input.Name);
        var groupSlug = await FreeSlug(db, input.Slug, name ?? string.Join(' ', partners.Select(p => p.ShortName("en"))), cancel);
        if (groupSlug.Refusal is not null)
        {
            return groupSlug.Refusal;
        }
        var group = new TwinningGroup(network.Value.Id, groupSlug.Value, name is null ? null : LocalizedText.Same(name),
            LocalizedText.Same(Names.Clean(input.Theme, 200)!), input.Basis ?? "informal", input.Concept, input.Status ?? "active", time.GetUtcNow())
            .Between(input.StartsOn, input.EndsOn);
        db.Groups.Add(group);
        db.GroupPartners.AddRange(Partners(group.Id, ids, group.Id.ToByteArray()[^1]));
        db.Channels.Add(new Channel(group.Id, "discussion"));
        db.Note(time, actor, "group.started", group.Slug);
        return await Save(db, group, "error.group.slug", cancel);
    }

    /// <summary>The partners with hues of their own.</summary>
    internal static IEnumerable<GroupPartner> Partners(Guid group, IReadOnlyList<Guid> organisations, int seed) =>
        organisations.Select((id, i) => new GroupPartner(group, id, i, GroupPartner.Hues[(seed + i) % GroupPartner.Hues.Count]));

    private static Refusal? Fault(NetworkTemplate template, NewGroup input, List<Guid> ids, List<Organisation> partners) =>
        partners.Count != ids.Count || partners.Any(p => p.Kind == template.FacilitatingKind) || ids.Count < template.Partners.Min || ids.Count > Math.Min(template.Partners.Max ?? 10, 10) ? Refusal.Invalid("organisations", "error.group.partners")
        : template.Partners.DifferentCountries && partners.Select(p => p.Country).Distinct().Count() != partners.Count ? Refusal.Invalid("organisations", "error.group.countries")
        : Names.Clean(input.Theme, 200) is null ? Refusal.Invalid("theme", "error.group.theme")
        : input.Name is { Length: > 0 } && Names.Clean(input.Name) is null ? Refusal.Invalid("name", "error.name")
        : input.Basis is not (null or "formal" or "informal") ? Refusal.Invalid("basis")
        : input.Concept is not null && template.Concepts.All(c => c.Key != input.Concept) ? Refusal.Invalid("concept")
        : input.Status is not null && !TwinningGroup.Statuses.Contains(input.Status) ? Refusal.Invalid("status")
        : input.EndsOn < input.StartsOn ? Refusal.Invalid("endsOn", "error.group.dates")
        : null;

    private static async Task<Outcome<string>> FreeSlug(TwinHubDb db, string? wanted, string name, CancellationToken cancel)
    {
        if (wanted is { Length: > 0 })
        {
            return !Names.IsSlug(wanted) ? Refusal.Invalid("slug", "error.group.slug_form")
                : await db.Groups.AnyAsync(g => g.Slug == wanted, cancel) ? new Refusal(RefusalCode.Conflict, "error.group.slug", "slug") : wanted;
        }
        var stem = Names.Slug(name) is { Length: > 0 } made ? made[..Math.Min(54, made.Length)].Trim('-') : "group";
        var taken = await db.Groups.Where(g => g.Slug.StartsWith(stem)).Select(g => g.Slug).ToListAsync(cancel);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? stem : $"{stem}-{n}").First(s => !taken.Contains(s));
    }

    /// <summary>Saves; a unique key that somebody else took in the meantime is a conflict, not a fault.</summary>
    private static async Task<Outcome<T>> Save<T>(TwinHubDb db, T value, string conflictKey, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return value;
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Refusal(RefusalCode.Conflict, conflictKey);
        }
    }

    private static async Task<Outcome<Network>> Facilitated(TwinHubDb db, Guid actor, string slug, CancellationToken cancel)
    {
        var view = await NetworkService.Find(db, actor, slug, cancel);
        return view.Refusal is { } refusal ? refusal : view.Value.Facilitates ? view.Value.Network : Refusal.NotAllowed;
    }

    private static string Emblem(string name)
    {
        var letters = new string([.. Names.Slug(name).Replace("-", "", StringComparison.Ordinal).Take(2)]).ToUpperInvariant();
        return letters.Length > 0 ? letters : Person.Initials(name);
    }
}
