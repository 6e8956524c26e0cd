using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Data;

public sealed class DemoHistoryTests(DemoHistoryTests.Demos demos) : IClassFixture<DemoHistoryTests.Demos>
{
    public static readonly TheoryData<string> Days = ["first", "weeks", "over"];

    [Fact]
    public async Task The_same_files_and_the_same_day_make_the_same_content() =>
        Assert.Equal(await Content(demos["weeks"]), await Content(demos["again"]));

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Every_group_has_the_quarters_it_has_seen_the_end_of_and_no_others(string day)
    {
        var updates = await Db(day, db => db.QuarterlyUpdates.ToListAsync());
        foreach (var (network, group) in await Groups(day))
        {
            var today = network.Day(Demos.Moments[day]);
            var newest = Quarter.EndedBefore(today, network.YearStartsIn);
            var past = new List<string>();
            for (var quarter = group.Status == "active" ? newest.Previous : newest; quarter.EndsOn >= group.StartsOn!.Value && past.Count < (group.Status == "active" ? 7 : 8); quarter = quarter.Previous)
            {
                past.Add(quarter.Label);
            }
            var told = updates.Where(u => u.GroupId == group.Id).Select(u => u.Quarter).ToList();
            Assert.All(told, quarter => Assert.True(Quarter.Parse(quarter, network.YearStartsIn)!.Value.EndsOn >= group.StartsOn, $"{group.Slug} {quarter}"));
            Assert.All(told, quarter => Assert.True(string.CompareOrdinal(quarter, newest.Label) <= 0, $"{group.Slug} {quarter}"));
            if (group.Status == "active")
            {
                Assert.Equal(past, told.Where(quarter => quarter != newest.Label).OrderDescending(StringComparer.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Of_the_newest_quarter_a_third_is_left_to_the_hub_or_else_a_sixth_is_missed(string day)
    {
        var groups = (await Groups(day)).Where(one => one.Group.Status == "active" && one.Group.StartsOn <= Newest(one.Network, day).EndsOn).ToList();
        var updates = await Db(day, db => db.QuarterlyUpdates.ToListAsync());
        var there = groups.Select(one => updates.SingleOrDefault(u => u.GroupId == one.Group.Id && u.Quarter == Newest(one.Network, day).Label)).ToList();
        var isOver = groups[0].Network.Day(Demos.Moments[day]) >= Newest(groups[0].Network, day).DueOn.AddDays(groups[0].Network.MissedAfter);
        Assert.InRange(isOver ? there.Count(u => u is { SubmittedAt: null }) : there.Count(u => u is null), groups.Count / (isOver ? 7 : 4), groups.Count * 2 / (isOver ? 9 : 5));
        Assert.Equal(isOver ? 0 : there.Count(u => u is null), there.Count(u => u is null));
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Nothing_that_happened_lies_ahead_or_before_the_group(string day)
    {
        Assert.Empty(await demos[day].Rows<string>("""
            select 'update' from quarterly_updates where greatest(opened_at, changed_at, submitted_at) > $1 or submitted_at < opened_at
            union all select 'log' from update_log l join quarterly_updates u on u.id = l.update_id where l.at > $1 or l.at < u.opened_at
            union all select 'activity' from activities where greatest(created_at, changed_at) > $1 or greatest(begun_on, done_on) > $1::date + 1 or (state = 'done') <> (done_on is not null)
            union all select 'plan' from activities a join twinning_groups g on g.id = a.group_id where a.starts_on < g.starts_on
            union all select 'review' from milestone_reviews where greatest(created_at, complete_at, concluded_at) > $1 or concluded_at < complete_at
            union all select 'answer' from review_answers a join milestone_reviews r on r.id = a.review_id where answered_at > $1 or answered_at::date not between r.opens_on and r.due_on
            union all select 'lesson' from lessons where created_at > $1 or happened_at > created_at
            union all select 'told' from disseminations where done_on > $1::date + 1
            union all select 'given' from contributions where greatest(proposed_at, settled_at) > $1 or settled_at < proposed_at
            union all select 'reminder' from reminders where kind = 'register' and (settled_at > $1 or state = 'waiting' or (state = 'sent' and due_at > settled_at))
            """, Demos.Moments[day]));
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Reviews_are_complete_with_a_next_step_sealed_or_overdue(string day)
    {
        var today = DateOnly.FromDateTime(Demos.Moments[day].UtcDateTime);
        var reviews = await Db(day, db => db.MilestoneReviews.Select(r => new
        {
            r.DueOn,
            r.CompleteAt,
            r.Conclusion,
            Answers = db.ReviewAnswers.Count(a => a.ReviewId == r.Id),
            Partners = db.GroupPartners.Count(p => p.GroupId == r.GroupId),
            Ratings = db.ReviewRatings.Count(x => x.ReviewId == r.Id),
            Objectives = db.Objectives.Count(o => o.GroupId == r.GroupId),
            Steps = db.Activities.Count(a => a.ReviewId == r.Id),
        }).ToListAsync());
        Assert.Equal(2, reviews.Count(r => r is { Answers: 1, CompleteAt: null } && r.DueOn > today));
        Assert.Equal(1, reviews.Count(r => r is { Answers: 1, CompleteAt: null } && r.DueOn < today));
        var complete = reviews.Where(r => r.CompleteAt is not null).ToList();
        Assert.All(complete, r => Assert.True(r.Answers == r.Partners && r.Conclusion.Length > 0 && r.Ratings == r.Answers * r.Objectives, r.Conclusion));
        Assert.InRange(complete.Count(r => r.Steps > 0), complete.Count / 3, complete.Count);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Whoever_wrote_something_belongs_to_the_partner_it_stands_for(string day) => Assert.Empty(await demos[day].Rows<string>("""
        select what from (
            select 'activity ' || title as what, group_id, assignee_id as person, organisation_id as organisation from activities
            union all select 'submitted ' || quarter, group_id, submitted_by, null from quarterly_updates where submitted_by is not null
            union all select 'answer ' || went_well, r.group_id, a.person_id, a.organisation_id from review_answers a join milestone_reviews r on r.id = a.review_id
            union all select 'conclusion ' || conclusion, group_id, concluded_by, null from milestone_reviews where concluded_by is not null
            union all select 'lesson ' || text, group_id, person_id, null from lessons
            union all select 'told ' || audience, l.group_id, d.done_by, d.organisation_id from disseminations d join lessons l on l.id = d.lesson_id where d.done_by is not null
            union all select 'gift ' || text, group_id, proposed_by, giver_id from contributions where proposed_by is not null
            union all select 'thanks ' || text, group_id, settled_by, receiver_id from contributions where settled_by is not null
            union all select 'says ' || text, group_id, person_id, null from register_texts) w
        where not exists (select 1 from memberships m where m.group_id = w.group_id and m.person_id = w.person and not 'observer' = any(m.roles) and (w.organisation is null or w.organisation = m.organisation_id))
        """));

    [Fact]
    public async Task Updates_were_submitted_with_the_lines_the_hub_would_draft()
    {
        // Once everything is taken back, the hub reads the records instead of what was stored.
        var demo = demos["undone"];
        var labels = await demo.Rows<string>("select g.slug || ' ' || quarter from quarterly_updates u join twinning_groups g on g.id = u.group_id where submitted_at is not null and not no_change and g.slug in ('zarqa-sanliurfa', 'nablus-saida', 'norway-uruguay', 'italy-albania')");
        Assert.InRange(labels.Count, 10, 60);
        var stored = await Lines();
        await demo.Execute("delete from update_items");
        await demo.Execute("update quarterly_updates set submitted_at = null, submitted_by = null, submitted_via = null");
        Assert.Equal(await Lines(), stored);
        Assert.InRange(stored.Count, labels.Count, 12 * labels.Count);

        async Task<List<string>> Lines()
        {
            var lines = new List<string>();
            foreach (var (slug, quarter) in labels.Select(label => label.Split(' ')).Select(label => (label[0], label[1])))
            {
                var reader = await demo.Scalar<Guid>("select r.person_id from network_roles r join twinning_groups g on g.network_id = r.network_id where g.slug = $1 and r.role = 'facilitator'", slug);
                var read = (await demo.Get<UpdateReader>().Find(reader, slug, quarter, TestContext.Current.CancellationToken)).Value.Updates.Single().Lines;
                lines.AddRange(read.Where(line => line.Kind != "stock").Select(line => $"{slug} {quarter} {line.Id} {line.Facts}").Order(StringComparer.Ordinal));
            }
            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task Kinds_and_fields_are_the_networks_own(string day)
    {
        foreach (var (network, group) in await Groups(day))
        {
            var template = NetworkTemplate.Of(network.Template);
            Assert.Subset(template.ActivityKinds.Select(kind => kind.Key).ToHashSet(), (await Db(day, db => db.Activities.Where(a => a.GroupId == group.Id).Select(a => a.Kind).ToListAsync())).ToHashSet());
            Assert.Subset(template.RegisterFields.Select(field => field.Key).ToHashSet(), (await Db(day, db => db.RegisterTexts.Where(t => t.GroupId == group.Id).Select(t => t.Field).ToListAsync())).ToHashSet());
            Assert.InRange(await Db(day, db => db.Objectives.CountAsync(o => o.GroupId == group.Id)), 2, 3);
            Assert.InRange(await Db(day, db => db.Lessons.CountAsync(l => l.GroupId == group.Id)), 2, 5);
            Assert.NotEqual(0, await Db(day, db => db.Activities.CountAsync(a => a.GroupId == group.Id && a.State == "done")));
        }
    }

    private static Quarter Newest(Network network, string day) => Quarter.EndedBefore(network.Day(Demos.Moments[day]), network.YearStartsIn);

    private async Task<List<(Network Network, TwinHub.Core.Groups.TwinningGroup Group)>> Groups(string day) =>
        [.. (await Db(day, db => db.Groups.Where(g => g.Status != "proposed").Join(db.Networks, g => g.NetworkId, n => n.Id, (g, n) => new { n, g }).OrderBy(one => one.g.Slug).ToListAsync())).Select(one => (one.n, one.g))];

    private async Task<T> Db<T>(string day, Func<TwinHubDb, Task<T>> read)
    {
        await using var db = await demos[day].Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await read(db);
    }

    /// <summary>Everything but the keys; who did what is told by names.</summary>
    private static async Task<IReadOnlyList<string>> Content(CoreFixture demo)
    {
        var keys = await demo.Rows<string>("select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and data_type = 'uuid'");
        var dump = await TableDump.Of(demo.Source, [.. keys, "migrations.applied_at", "webinars.uid"]);
        var ties = await demo.Rows<string>("""
            select 'activity ' || g.slug || a.title || p.email || coalesce(o.text, '') || coalesce(m.title, '') || (a.review_id is null) from activities a join twinning_groups g on g.id = a.group_id join people p on p.id = a.assignee_id left join objectives o on o.id = a.objective_id left join milestones m on m.id = a.milestone_id
            union all select 'update ' || g.slug || u.quarter || coalesce(p.email, '') from quarterly_updates u join twinning_groups g on g.id = u.group_id left join people p on p.id = u.submitted_by
            union all select 'line ' || g.slug || u.quarter || i.position || i.facts from update_items i join quarterly_updates u on u.id = i.update_id join twinning_groups g on g.id = u.group_id
            union all select 'lesson ' || g.slug || l.text || p.email from lessons l join twinning_groups g on g.id = l.group_id join people p on p.id = l.person_id
            union all select 'gift ' || g.slug || c.text || coalesce(p.email, '') from contributions c join twinning_groups g on g.id = c.group_id left join people p on p.id = c.settled_by
            """);
        return [.. dump.OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => $"{table.Key}: {table.Value}"), .. ties.Order(StringComparer.Ordinal)];
    }

    /// <summary>The demo with its history, made on several days of a quarter, once twice.</summary>
    public sealed class Demos(TestPostgres postgres) : IAsyncLifetime
    {
        internal static readonly Dictionary<string, DateTimeOffset> Moments = new()
        {
            ["first"] = new(2027, 1, 1, 0, 0, 1, TimeSpan.Zero),
            ["weeks"] = new(2026, 10, 20, 12, 0, 0, TimeSpan.Zero),
            ["again"] = new(2026, 10, 20, 12, 0, 0, TimeSpan.Zero),
            ["undone"] = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero),
            ["over"] = new(2027, 2, 25, 9, 0, 0, TimeSpan.Zero),
        };

        private readonly Dictionary<string, CoreFixture> _demos = Moments.Keys.ToDictionary(day => day, _ => new CoreFixture(postgres));

        public CoreFixture this[string day] => _demos[day];

        public async ValueTask InitializeAsync()
        {
            foreach (var (day, demo) in _demos)
            {
                await demo.InitializeAsync();
                var (dbs, clock) = (demo.Get<IDbContextFactory<TwinHubDb>>(), new HubClock(new StillTime(Moments[day])));
                await new DemoData(dbs, demo.Source, clock).Load(CancellationToken.None);
                await new DemoWebinars(dbs, clock).Load(CancellationToken.None);
                await new DemoHistory(dbs, clock).Load(CancellationToken.None);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var demo in _demos.Values)
            {
                await demo.DisposeAsync();
            }
        }
    }
}
