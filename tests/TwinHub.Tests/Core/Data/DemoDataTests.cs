using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Data;

public sealed class DemoDataTests(DemoDataTests.TwoDemos demos) : IClassFixture<DemoDataTests.TwoDemos>
{
    private const string Hosts = "(select id from networks where slug = 'hmln')";

    private CoreFixture Demo => demos.First;

    [Fact]
    public async Task The_hosts_network_has_eleven_pairs_of_cities_across_a_border()
    {
        var pairs = await Demo.Rows<string[]>($"""
            select array_agg(o.country order by p.position) from twinning_groups g join group_partners p on p.group_id = g.id join organisations o on o.id = p.organisation_id
            where g.network_id = {Hosts} and o.kind = 'municipality' and o.city is not null group by g.id
            """);
        Assert.Equal(11, pairs.Count);
        Assert.All(pairs, pair => Assert.True(pair.Length == 2 && pair[0] != pair[1], string.Join('-', pair)));
        Assert.Equal(["IQ", "JO", "LB", "PS", "TR"], pairs.SelectMany(pair => pair).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(11, await Demo.Scalar<long>($"select count(*) from twinning_groups where network_id = {Hosts}"));
    }

    [Fact]
    public async Task One_active_group_of_cities_has_fallen_silent()
    {
        var silent = await Demo.Rows<string>($"""
            select g.slug from twinning_groups g join channels c on c.group_id = g.id join messages m on m.channel_id = c.id
            where g.network_id = {Hosts} and g.status = 'active' group by g.slug having max(m.sent_at) < $1
            """, demos.Now.AddDays(-60));
        Assert.Equal(["ramtha-tyre"], silent);
    }

    [Fact]
    public async Task Two_to_four_people_answer_for_each_twinned_city()
    {
        var people = await Demo.Rows<long>($"""
            select (select count(*) from organisation_people p where p.organisation_id = o.id) from organisations o
            where o.network_id = {Hosts} and o.id in (select organisation_id from group_partners)
            """);
        Assert.Equal(22 - 1, people.Count); // Tripoli is twinned twice.
        Assert.All(people, count => Assert.InRange(count, 2, 4));
    }

    // Degrees: south, north, west, east; rough boxes around each country.
    [Theory]
    [InlineData("IQ", 29.0, 37.5, 38.7, 48.7)]
    [InlineData("JO", 29.1, 33.4, 34.9, 39.4)]
    [InlineData("LB", 33.0, 34.7, 35.0, 36.7)]
    [InlineData("PS", 31.2, 32.6, 34.2, 35.6)]
    [InlineData("TR", 35.8, 42.2, 25.6, 44.9)]
    public async Task A_city_lies_in_its_country(string country, double south, double north, double west, double east)
    {
        var places = await Demo.Rows<double[]>($"select array[latitude, longitude] from organisations where network_id = {Hosts} and kind = 'municipality' and country = $1", country);
        Assert.NotEmpty(places);
        Assert.All(places, place =>
        {
            Assert.InRange(place[0], south, north);
            Assert.InRange(place[1], west, east);
        });
        Assert.Distinct(places.Select(place => (place[0], place[1])));
    }

    [Fact]
    public async Task A_facilitator_works_at_the_centre_in_Marseille() => Assert.NotEmpty(await Demo.Rows<string>($"""
        select p.email from network_roles r join people p on p.id = r.person_id join organisation_people op on op.person_id = p.id join organisations o on o.id = op.organisation_id
        where r.network_id = {Hosts} and r.role = 'facilitator' and o.kind = 'facilitating_body' and o.names ->> 'en' like '%CMI%' and o.city ->> 'en' = 'Marseille'
        """));

    [Fact]
    public async Task Every_address_is_of_example_org_and_one_the_hub_takes()
    {
        var addresses = await Demo.Rows<string>("select email from people");
        Assert.All(addresses, address => Assert.True(EmailAddress.IsValid(address) && address.EndsWith(".example.org", StringComparison.Ordinal), address));
        var mentioned = await Demo.Rows<string>("select (regexp_matches(body, '[[:alnum:].-]+@[[:alnum:].-]+', 'g'))[1] from messages");
        Assert.All(mentioned, address => Assert.EndsWith("example.org", address.TrimEnd('.'), StringComparison.Ordinal));
    }

    [Fact]
    public async Task There_are_hundreds_of_messages_in_four_languages()
    {
        Assert.True(await Demo.Scalar<long>("select count(*) from messages") >= 300);
        foreach (var (language, letters) in new[] { ("en", "\\mthe\\M"), ("fr", "[éèàçê’].*\\m(nous|est|pour|les)\\M|\\m(nous|est|pour|les)\\M.*[éèàçê’]"), ("ar", "[ء-ي]"), ("tr", "[ğışĞİŞ]") })
        {
            Assert.True(await Demo.Scalar<long>("select count(*) from messages where body ~ $1", letters) >= 20, language);
        }
    }

    [Fact]
    public async Task Every_message_is_one_the_hub_would_have_taken() => Assert.All(await Demo.Rows<string>("select body from messages"), body =>
        Assert.Equal(body, TwinHub.Core.Channels.MessageText.Clean(body, new HubLimits()).Value));

    [Fact]
    public async Task Authors_are_members_of_the_group_or_run_its_network() => Assert.Empty(await Demo.Rows<string>("""
        select g.slug || ' ' || p.email from messages m join channels c on c.id = m.channel_id join twinning_groups g on g.id = c.group_id join people p on p.id = m.author_id
        where not exists (select 1 from memberships s where s.group_id = g.id and s.person_id = p.id)
          and not exists (select 1 from network_roles r where r.network_id = g.network_id and r.person_id = p.id and r.role = 'facilitator')
        """));

    [Fact]
    public async Task Messages_lie_before_now_even_a_moment_after_midnight() =>
        Assert.Empty(await Demo.Rows<string>("select body from messages where sent_at >= $1", demos.Now));

    [Fact]
    public async Task In_winter_and_in_summer_messages_stand_in_the_order_of_their_times()
    {
        foreach (var demo in new[] { demos.First, demos.Summer })
        {
            Assert.Empty(await demo.Rows<string>("""
                select body from (select body, sent_at, lag(sent_at) over (partition by channel_id order by posted) as before from messages) m where sent_at < before
                """));
        }
    }

    [Fact]
    public void No_message_falls_into_an_hour_that_clocks_may_skip() =>
        Assert.All(DemoNetworkFile.All().SelectMany(file => file.Groups).SelectMany(group => DemoNetworkFile.Messages(group.Slug)),
            message => Assert.InRange(TimeOnly.Parse(message.Time, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(5, 0), new TimeOnly(23, 0)));

    [Fact]
    public async Task Every_channel_counts_its_messages_without_a_gap() => Assert.Empty(await Demo.Rows<Guid>("""
        select c.id from channels c left join messages m on m.channel_id = c.id group by c.id
        having count(*) filter (where m.id is not null) <> c.revision or max(m.posted) <> c.revision or max(m.revision) <> c.revision or min(m.posted) <> 1
        """));

    [Fact]
    public async Task The_same_files_and_the_same_day_make_the_same_content() =>
        Assert.Equal(await Content(demos.First), await Content(demos.Second));

    /// <summary>Everything but the keys, which are made up anew each time; what they tie together is told by names.</summary>
    private static async Task<IReadOnlyList<string>> Content(CoreFixture demo)
    {
        var keys = await demo.Rows<string>("select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and data_type = 'uuid'");
        var dump = await TableDump.Of(demo.Source, [.. keys, "migrations.applied_at"]);
        var ties = await demo.Rows<string>("""
            select 'at ' || p.email || ' ' || (o.names ->> 'en') from organisation_people op join people p on p.id = op.person_id join organisations o on o.id = op.organisation_id
            union all select 'partner ' || g.slug || ' ' || gp.position || ' ' || gp.hue || ' ' || (o.names ->> 'en') from group_partners gp join twinning_groups g on g.id = gp.group_id join organisations o on o.id = gp.organisation_id
            union all select 'member ' || g.slug || ' ' || p.email || ' ' || (o.names ->> 'en') || ' ' || m.roles::text from memberships m join twinning_groups g on g.id = m.group_id join people p on p.id = m.person_id join organisations o on o.id = m.organisation_id
            union all select 'said ' || g.slug || ' ' || m.posted || ' ' || p.email || ' ' || m.sent_at || ' ' || m.body from messages m join channels c on c.id = m.channel_id join twinning_groups g on g.id = c.group_id join people p on p.id = m.author_id
            union all select 'read ' || g.slug || ' ' || p.email || ' ' || r.revision from read_positions r join channels c on c.id = r.channel_id join twinning_groups g on g.id = c.group_id join people p on p.id = r.person_id
            union all select 'role ' || n.slug || ' ' || p.email || ' ' || r.role from network_roles r join networks n on n.id = r.network_id join people p on p.id = r.person_id
            """);
        return [.. dump.OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => $"{table.Key}: {table.Value}"), .. ties.Order(StringComparer.Ordinal)];
    }

    /// <summary>The demo made twice at one moment just after midnight in winter, and once in summer.</summary>
    public sealed class TwoDemos(TestPostgres postgres) : IAsyncLifetime
    {
        public DateTimeOffset Now { get; } = new(2027, 1, 14, 0, 0, 1, TimeSpan.Zero);

        public CoreFixture First { get; } = new(postgres);

        public CoreFixture Second { get; } = new(postgres);

        public CoreFixture Summer { get; } = new(postgres);

        public async ValueTask InitializeAsync()
        {
            foreach (var (demo, now) in new[] { (First, Now), (Second, Now), (Summer, new(2026, 7, 15, 12, 0, 0, TimeSpan.Zero)) })
            {
                await demo.InitializeAsync();
                await new DemoData(demo.Get<IDbContextFactory<TwinHubDb>>(), demo.Source, new HubClock(new StillTime(now))).Load(CancellationToken.None);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
            await Summer.DisposeAsync();
        }
    }
}
