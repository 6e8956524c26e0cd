using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TwinHub.Core.Calendar;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;

namespace TwinHub.Core.Data;

/// <summary>Fills an empty installation with the three demo networks. The same files and the same day make the same content.</summary>
public sealed class DemoData(IDbContextFactory<TwinHubDb> dbs, NpgsqlDataSource source, HubClock clock)
{
    public async Task Load(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var said = new Conversations();
        foreach (var file in DemoNetworkFile.All())
        {
            Add(db, file, said);
        }
        await db.SaveChangesAsync(cancel);
        await said.Write(source, cancel);
    }

    private void Add(TwinHubDb db, DemoNetworkFile file, Conversations said)
    {
        var now = clock.GetUtcNow();
        var network = new Network(file.Network.Slug, file.Network.Template, file.Network.Tag, new(file.Network.Names), file.Network.TimeZone, now);
        db.Networks.Add(network);
        var organisations = file.Organisations.ToDictionary(o => o.Key, o => Organisation(network.Id, o));
        db.Organisations.AddRange(organisations.Values);
        var people = new Dictionary<string, (Person Person, Organisation Organisation)>();
        foreach (var one in file.People)
        {
            var organisation = organisations[one.Organisation];
            var person = new Person(one.Email, one.Name, one.Language, organisation.TimeZone, now);
            people[one.Email] = (person, organisation);
            db.People.Add(person);
            db.OrganisationPeople.Add(new(organisation.Id, person.Id, now));
            db.NetworkRoles.AddRange(one.NetworkRoles.Select(role => new NetworkRole(network.Id, person.Id, role)));
        }
        List<Guid> facilitators = [.. file.People.Where(one => one.NetworkRoles.Contains("facilitator")).Select(one => people[one.Email].Person.Id)];
        foreach (var group in file.Groups)
        {
            Add(db, network, group, organisations, people, facilitators, said);
        }
    }

    private void Add(TwinHubDb db, Network network, DemoGroup file, Dictionary<string, Organisation> organisations, Dictionary<string, (Person Person, Organisation Organisation)> people, List<Guid> facilitators, Conversations said)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var group = new TwinningGroup(network.Id, file.Slug, file.Name is null ? null : new(file.Name), new(file.Theme), file.Basis, file.Concept, file.Status, clock.GetUtcNow())
            .Between(file.StartedDaysAgo is { } ago ? today.AddDays(-ago) : null, file.EndsInDays is { } ahead ? today.AddDays(ahead) : null);
        db.Groups.Add(group);
        db.GroupPartners.AddRange(NetworkEditor.Partners(group.Id, [.. file.Organisations.Select(key => organisations[key].Id)], Number(file.Slug)));
        foreach (var member in file.Members)
        {
            var (person, organisation) = people[member.Email];
            db.Memberships.Add(new(group.Id, person.Id, organisation.Id, member.Roles, clock.GetUtcNow()));
        }
        var channel = new Channel(group.Id, "discussion");
        db.Channels.Add(channel);
        said.Add(channel.Id, today, DemoNetworkFile.Messages(file.Slug), people);
        foreach (var facilitator in facilitators)
        {
            said.Read(channel.Id, facilitator, Number(file.Slug) % 5);
        }
        foreach (var member in file.Members)
        {
            // Most have read everything; some come back to something new.
            said.Read(channel.Id, people[member.Email].Person.Id, Number(file.Slug + member.Email) % 4);
        }
    }

    private Organisation Organisation(Guid network, DemoOrganisation file) =>
        new Organisation(network, file.Kind, new(file.Names), file.Initials, file.TimeZone, clock.GetUtcNow())
            .At(file.Country, file.City is null ? null : new(file.City), file.Latitude, file.Longitude).Speaking(file.Languages);

    /// <summary>A small number that depends only on the text.</summary>
    private static int Number(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[0];

    /// <summary>Collects what was said and stores it in one statement a table.</summary>
    private sealed class Conversations
    {
        private readonly List<(Guid Channel, Guid Author, Guid Organisation, long Number, string Body, DateTimeOffset At)> _messages = [];
        private readonly List<(Guid Channel, Guid Person, long Revision)> _read = [];
        private readonly Dictionary<Guid, long> _revisions = [];

        public void Add(Guid channel, DateOnly today, IReadOnlyList<DemoMessage> messages, Dictionary<string, (Person Person, Organisation Organisation)> people)
        {
            var number = 0L;
            foreach (var message in messages)
            {
                var (person, organisation) = people[message.From];
                var local = today.AddDays(-message.DaysAgo).ToDateTime(TimeOnly.Parse(message.Time, CultureInfo.InvariantCulture));
                var at = ZonedTime.Instant(local, TimeZoneInfo.FindSystemTimeZoneById(person.TimeZone)).ToUniversalTime();
                _messages.Add((channel, person.Id, organisation.Id, ++number, message.Body, at));
            }
            _revisions[channel] = number;
        }

        public void Read(Guid channel, Guid person, int unread) => _read.Add((channel, person, Math.Max(0, _revisions[channel] - unread)));

        public async Task Write(NpgsqlDataSource source, CancellationToken cancel)
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(new("""
                insert into messages (id, channel_id, author_id, organisation_id, client_message_id, posted, revision, body, sent_at)
                select gen_random_uuid(), c, a, o, gen_random_uuid(), n, n, b, t
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::timestamptz[]) as m(c, a, o, n, b, t)
                """)
            {
                Parameters =
                {
                    Array(_messages.Select(m => m.Channel), NpgsqlDbType.Uuid), Array(_messages.Select(m => m.Author), NpgsqlDbType.Uuid),
                    Array(_messages.Select(m => m.Organisation), NpgsqlDbType.Uuid), Array(_messages.Select(m => m.Number), NpgsqlDbType.Bigint),
                    Array(_messages.Select(m => m.Body), NpgsqlDbType.Text), Array(_messages.Select(m => m.At), NpgsqlDbType.TimestampTz),
                },
            });
            batch.BatchCommands.Add(new("update channels c set revision = r.n from unnest($1::uuid[], $2::bigint[]) as r(id, n) where c.id = r.id")
            {
                Parameters = { Array(_revisions.Keys, NpgsqlDbType.Uuid), Array(_revisions.Values, NpgsqlDbType.Bigint) },
            });
            batch.BatchCommands.Add(new("insert into read_positions (channel_id, person_id, revision) select * from unnest($1::uuid[], $2::uuid[], $3::bigint[])")
            {
                Parameters = { Array(_read.Select(r => r.Channel), NpgsqlDbType.Uuid), Array(_read.Select(r => r.Person), NpgsqlDbType.Uuid), Array(_read.Select(r => r.Revision), NpgsqlDbType.Bigint) },
            });
            await batch.ExecuteNonQueryAsync(cancel);
        }

        private static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
