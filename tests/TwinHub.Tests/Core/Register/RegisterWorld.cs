using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Lessons;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Register;

/// <summary>Two networks on 10 October 2026; the northern one with an entry of each kind, a proposal that is none, and things nobody may find.</summary>
public sealed class RegisterWorld(TestPostgres postgres) : IAsyncLifetime
{
    public const string North = "north", South = "south", Olives = "alpha-beta", Lamps = "gamma-delta", Water = "epsilon-zeta", Proposed = "eta-theta", Southern = "iota-kappa";
    private static readonly DateTimeOffset Today = new(2026, 10, 10, 12, 0, 0, TimeSpan.Zero);
    private static int _people;

    public CoreFixture Core { get; } = new(postgres);

    /// <summary>Belongs to Alpha and to the olive group.</summary>
    public Guid Member { get; private set; }

    /// <summary>Belongs to Gamma, another organisation of the network.</summary>
    public Guid Neighbour { get; private set; }

    /// <summary>Belongs to the southern network.</summary>
    public Guid Stranger { get; private set; }

    public Guid OliveGroup { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Core.InitializeAsync();
        Core.Time.Offset = Today - DateTimeOffset.UtcNow;
        await Change(Fill);
    }

    public ValueTask DisposeAsync() => Core.DisposeAsync();

    public T Get<T>() where T : notnull => Core.Get<T>();

    public async Task Change(Action<TwinHubDb> change)
    {
        await using var db = await Core.Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync();
        change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>Somebody of an organisation, perhaps with roles in a group.</summary>
    public static Guid Join(TwinHubDb db, Guid organisation, TwinningGroup? group = null, params string[] roles)
    {
        var person = new Person($"somebody-{Interlocked.Increment(ref _people)}@example.org", $"Person {_people}", "en", "UTC", Today);
        db.People.Add(person);
        db.OrganisationPeople.Add(new(organisation, person.Id, Today));
        if (group is not null)
        {
            db.Memberships.Add(new(group.Id, person.Id, organisation, roles, Today));
        }
        return person.Id;
    }

    public static Organisation Place(TwinHubDb db, Network network, string kind, string country, string name, string? city = null)
    {
        var place = new Organisation(network.Id, kind, LocalizedText.Same(name), "XX", "UTC", Today).At(country, city is null ? null : LocalizedText.Same(city), null, null);
        db.Organisations.Add(place);
        return place;
    }

    public static TwinningGroup Group(TwinHubDb db, Network network, string slug, string status, string theme, params Organisation[] partners)
    {
        var group = new TwinningGroup(network.Id, slug, null, LocalizedText.Same(theme), "informal", null, status, Today);
        db.Groups.Add(group);
        db.GroupPartners.AddRange(partners.Select((partner, i) => new GroupPartner(group.Id, partner.Id, i, GroupPartner.Hues[i])));
        db.Channels.Add(new(group.Id, "discussion"));
        return group;
    }

    public static QuarterlyUpdate Quarter(TwinHubDb db, TwinningGroup group, string label, Guid? by, UpdateTexts texts, DateTimeOffset? at = null, bool noChange = false)
    {
        var update = new QuarterlyUpdate(group.Id, TwinHub.Core.Register.Quarter.Parse(label, 1)!.Value, Today);
        update.Write(texts, Today);
        if (by is { } person)
        {
            update.Submit(person, "page", noChange, at ?? Today);
        }
        db.QuarterlyUpdates.Add(update);
        return update;
    }

    private void Fill(TwinHubDb db)
    {
        var north = new Network(North, "resettlement", "N", LocalizedText.Same("North"), "Europe/Paris", Today);
        var south = new Network(South, "resettlement", "S", LocalizedText.Same("South"), "Europe/Paris", Today);
        db.Networks.AddRange(north, south);
        var (alpha, beta) = (Place(db, north, "local_authority", "LB", "Alpha", "طرابلس"), Place(db, north, "local_authority", "TR", "Beta", "Şanlıurfa"));
        var (gamma, delta) = (Place(db, north, "local_authority", "JO", "Gamma"), Place(db, north, "ngo", "TR", "Delta"));
        var (epsilon, zeta, iota) = (Place(db, north, "local_authority", "IQ", "Epsilon"), Place(db, north, "local_authority", "PS", "Zeta"), Place(db, south, "ngo", "LB", "Iota"));
        var olives = Group(db, north, Olives, "active", "Olive markets", alpha, beta).Between(new(2023, 3, 1), new(2025, 6, 30));
        var lamps = Group(db, north, Lamps, "completed", "Street lighting", gamma, delta).Between(new(2021, 1, 1), new(2022, 12, 31));
        var water = Group(db, north, Water, "paused", "إدارة المياه", epsilon, zeta);
        Group(db, north, Proposed, "proposed", "Olive oil", alpha, epsilon);
        Group(db, south, Southern, "active", "Olive soap", iota);
        (OliveGroup, Neighbour, Stranger) = (olives.Id, Join(db, gamma.Id), Join(db, iota.Id));
        Member = Join(db, alpha.Id, olives, "member");
        db.RegisterTexts.Add(new(olives.Id, "arrangement", "Zeytin kooperatifi, ١٢٣ üye", Member, Today));
        db.Activities.AddRange(Done(olives, "Visit to the press", "visit"), new(lamps.Id, new("Night course", "training", new(2022, 1, 1), new(2022, 1, 2), null, null, null, null), Member, Today));
        var update = Quarter(db, lamps, "2022-Q3", Member, new("Lamps on forty streets", "Count poles first", "", ""));
        Quarter(db, lamps, "2022-Q4", null, new("hiddendraft of a summary", "hiddendraft practice", "hiddendraft lesson", ""));
        db.UpdateItems.AddRange(Line(update, "Poles were painted", true), Line(update, "leftout line", false));
        var removed = new Lesson(water.Id, "lesson", "takenback words", null, null, Member, Today, Today);
        removed.Remove(Today);
        db.Lessons.AddRange(new(water.Id, "lesson", "Öğrenilen: sabır", null, null, Member, Today.AddDays(-3), Today), new(water.Id, "decision", "secretdecision taken", null, null, Member, Today, Today), removed);
    }

    public Activity Done(TwinningGroup group, string title, string kind)
    {
        var activity = new Activity(group.Id, new(title, kind, new(2024, 5, 1), new(2024, 5, 2), null, null, null, null), Member, Today);
        activity.Become(Activity.Done, new(2024, 5, 2), Today);
        return activity;
    }

    public UpdateItem Line(QuarterlyUpdate update, string text, bool included)
    {
        var item = new UpdateItem(update.Id, "note", Guid.CreateVersion7(), "{}");
        item.Change(text, included, Member);
        return item;
    }
}
