using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Core.Reminders;

namespace TwinHub.Tests.Support;

/// <summary>A network of groups over Core's services, whose clock stands where a test puts it, with the sweeps that run by themselves.</summary>
public sealed class StagedRegister(CoreFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static int _names;

    public Network Network { get; private set; } = null!;

    public Person Facilitator { get; private set; } = null!;

    public DateTimeOffset Now => fixture.Get<HubClock>().GetUtcNow();

    public RegisterService Register => fixture.Get<RegisterService>();

    /// <summary>Sets the clock to an instant, backwards too.</summary>
    public void At(string instant) => At(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    public void At(DateTimeOffset instant) => fixture.Time.Offset += instant - Now;

    /// <summary>An empty network with one facilitator in France.</summary>
    public async Task<StagedRegister> Begin(string zone = "Europe/Paris", int yearStartsIn = 1)
    {
        Network = new Network($"net-{Name()}", "hosts", "NET", LocalizedText.Same("The network"), zone, Now);
        Network.Chase(yearStartsIn, ChaseSteps.Default);
        var body = new Organisation(Network.Id, "facilitating_body", LocalizedText.Same("Body"), "BO", zone, Now).At("FR", null, null, null);
        Facilitator = new Person($"facilitator-{Name()}@example.org", "Claire", "en", zone, Now);
        await Add(Network, body, Facilitator, new OrganisationPerson(body.Id, Facilitator.Id, Now), new NetworkRole(Network.Id, Facilitator.Id, "facilitator"));
        return this;
    }

    /// <summary>An active group of two partners with one correspondent each.</summary>
    public async Task<StagedGroup> Group((string Country, string Zone) first, (string Country, string Zone) second, string startsOn = "2020-01-01")
    {
        var group = new TwinningGroup(Network.Id, $"group-{Name()}", null, LocalizedText.Same("Theme"), "informal", null, "active", Now).Between(DateOnly.Parse(startsOn, CultureInfo.InvariantCulture), null);
        await Add(group, new Channel(group.Id, "discussion"));
        var people = new List<Person>();
        foreach (var (side, position) in new[] { first, second }.Select((side, position) => (side, position)))
        {
            var organisation = new Organisation(Network.Id, "municipality", LocalizedText.Same($"City {Name()}"), "CI", side.Zone, Now).At(side.Country, null, null, null);
            await Add(organisation, new GroupPartner(group.Id, organisation.Id, position, GroupPartner.Hues[position]));
            people.Add(await Member(group, organisation.Id, side.Zone, "correspondent"));
        }
        return new StagedGroup(group, people);
    }

    /// <summary>Somebody of a partner, with roles in the group.</summary>
    public async Task<Person> Member(TwinningGroup group, Guid organisation, string zone, params string[] roles)
    {
        var person = new Person($"member-{Name()}@example.org", $"Member {Name()}", "en", zone, Now);
        await Add(person, new OrganisationPerson(organisation, person.Id, Now), new Membership(group.Id, person.Id, organisation, roles, Now));
        return person;
    }

    public async Task Add(params object[] rows)
    {
        await using var db = await fixture.Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(None);
        db.AddRange(rows);
        await db.SaveChangesAsync(None);
    }

    /// <summary>One round of what the hub does by itself, as two workers would at the same moment.</summary>
    public async Task Sweep()
    {
        await Task.WhenAll(Work(), Work());
        await fixture.Get<MailDelivery>().Run(None);

        async Task Work()
        {
            await fixture.Get<UpdateOpening>().OpenDue(None);
            await fixture.Get<ReminderService>().SendDue(None);
        }
    }

    /// <summary>Goes on to an instant and stops wherever something falls due, as the demo's clock does.</summary>
    public async Task Walk(DateTimeOffset end)
    {
        await Sweep();
        while (await fixture.Get<ReminderService>().NextDue(end, None) is { } due)
        {
            At(due);
            await Sweep();
        }
        At(end);
        await Sweep();
    }

    public Task Walk(string end) => Walk(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>"2027-01-03 09:00 open": local day and time of each delivered mail of a kind to somebody, with its step.</summary>
    public async Task<List<string>> Mails(Person person, string kind = "register-reminder")
    {
        var rows = await fixture.Rows<string>("""
            select to_char(m.received_at at time zone $2, 'YYYY-MM-DD HH24:MI') || coalesce(' ' || (e.about ->> 'step'), '')
            from emails e join mailbox m on m.email_id = e.id where e.recipient = $1 and e.kind = $3 order by m.received_at, e.id
            """, person.Email, person.TimeZone, kind);
        return rows;
    }

    private static int Name() => Interlocked.Increment(ref _names);
}

/// <summary>A group with its correspondents in the order of the partners.</summary>
public sealed record StagedGroup(TwinningGroup Group, IReadOnlyList<Person> People)
{
    public string Slug => Group.Slug;
    public Person First => People[0];
    public Person Second => People[1];
}
