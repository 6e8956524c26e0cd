using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;
using TwinHub.Core.Register.Exports;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Register;

public sealed class RegisterEntryReaderTests(RegisterWorld world) : IClassFixture<RegisterWorld>
{
    private static readonly UpdateTexts Nothing = new("", "", "", "");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("member", true)]
    [InlineData("correspondent", true)]
    [InlineData("observer", false)]
    [InlineData("observer reviewer", true)]
    [InlineData("", false)]
    [InlineData("network facilitator", true)]
    [InlineData("network maintainer", true)]
    public async Task Members_who_may_write_facilitators_and_maintainers_edit(string roles, bool mayEdit)
    {
        var person = Guid.Empty;
        await world.Change(db =>
        {
            var olives = db.Groups.Single(g => g.Slug == RegisterWorld.Olives);
            var inGroup = roles.Length > 0 && !roles.StartsWith("network", StringComparison.Ordinal);
            person = RegisterWorld.Join(db, db.Organisations.Single(o => o.Country == "LB" && o.NetworkId == olives.NetworkId).Id, inGroup ? olives : null, roles.Split(' '));
            if (roles.StartsWith("network", StringComparison.Ordinal))
            {
                db.NetworkRoles.Add(new(olives.NetworkId, person, roles.Split(' ')[1]));
            }
        });
        Assert.Equal(mayEdit, (await Entry(person, RegisterWorld.Olives)).MayEdit);
        // The archive of a completed group is nobody's to change.
        Assert.False((await Entry(person, RegisterWorld.Lamps)).MayEdit);
    }

    [Fact]
    public async Task The_fields_of_the_network_stand_in_its_order()
    {
        var entry = await Entry(world.Neighbour, RegisterWorld.Olives);
        Assert.Equal([("arrangement", "Zeytin kooperatifi, ١٢٣ üye")], entry.Texts.Select(one => (one.Field.Key, one.Text)));
        Assert.Equal(["arrangement", "strategy_progress"], RegisterEntry.Written(NetworkTemplate.Of("hosts")).Select(field => field.Key));
        Assert.Equal(["Visit to the press"], entry.Activities.Select(one => one.Title));
    }

    [Fact]
    public async Task Each_partner_has_the_contact_its_roles_name()
    {
        await world.Change(db =>
        {
            var north = db.Networks.Single(n => n.Slug == RegisterWorld.North);
            var places = Enumerable.Range(0, 5).Select(i => RegisterWorld.Place(db, north, "ngo", "FR", $"Place {i}")).ToArray();
            var group = RegisterWorld.Group(db, north, "contacts", "active", "Contacts", places);
            foreach (var (place, roles) in new[] { (0, "lead"), (0, "responsible"), (0, "correspondent member"), (1, "responsible"), (1, "lead"), (2, "lead"), (2, "member"), (3, "member"), (4, "correspondent"), (4, "lead") })
            {
                RegisterWorld.Join(db, places[place].Id, group, roles.Split(' '));
            }
        });
        await world.Core.Execute("""
            update people p set name = array_to_string(m.roles, ' '), disabled_at = case when o.names ->> 'en' = 'Place 4' and 'correspondent' = any(m.roles) then now() end
            from memberships m join organisations o on o.id = m.organisation_id where m.person_id = p.id and o.names ->> 'en' like 'Place %'
            """);
        Assert.Equal(["correspondent member", "responsible", "lead", "member", "lead"], (await Entry(world.Member, "contacts")).Contacts.Select(one => one.Name));
    }

    [Fact]
    public async Task Quarters_show_their_state_and_only_what_was_submitted()
    {
        await world.Change(db =>
        {
            var group = Fresh(db, "history");
            RegisterWorld.Quarter(db, group, "2026-Q3", null, Nothing with { Summary = "A draft" });
            RegisterWorld.Quarter(db, group, "2026-Q2", null, Nothing with { BestPractices = "A draft" });
            RegisterWorld.Quarter(db, group, "2026-Q1", world.Member, new("In late", "Ask first", "", "Ring twice"), At(2026, 5, 9));
            RegisterWorld.Quarter(db, group, "2025-Q4", world.Member, Nothing, At(2026, 1, 30), noChange: true);
            RegisterWorld.Quarter(db, group, "2025-Q3", world.Member, Nothing with { Summary = "In time", LessonsLearned = "Ask again" }, At(2025, 10, 31));
        });
        var entry = await Entry(world.Neighbour, "history");
        Assert.Equal(["2026-Q3 open", "2026-Q2 missed", "2026-Q1 submitted-late", "2025-Q4 no-change", "2025-Q3 submitted"], entry.Quarters.Select(one => $"{one.Quarter.Label} {one.Word}"));
        Assert.Equal(("2026-Q1", 3, "In late", "Ring twice"), (entry.Shown!.Facts.Quarter.Label, entry.Shown.Number, entry.Shown.Texts.Summary, entry.Shown.Texts.Contacts));
        Assert.Equal(["practice Ask first 2026-03-31", "lesson Ask again 2025-09-30"], entry.Noted.Select(one => $"{one.Kind} {one.Text} {one.On:yyyy-MM-dd}"));
        var first = (await world.Get<RegisterEntryReader>().Find(world.Member, "history", "2025-Q3", Cancel)).Value;
        Assert.Equal(("In time", 1), (first.Shown!.Texts.Summary, first.Shown.Number));
    }

    [Theory]
    [InlineData(RegisterWorld.Lamps, "2022-Q4")]
    [InlineData(RegisterWorld.Lamps, "2022-Q9")]
    [InlineData(RegisterWorld.Lamps, "1999-Q1")]
    [InlineData(RegisterWorld.Olives, "2022-Q3")]
    [InlineData(RegisterWorld.Proposed, null)]
    [InlineData(RegisterWorld.Southern, null)]
    [InlineData("nowhere", null)]
    public async Task What_is_no_entry_is_not_found(string slug, string? quarter) =>
        Assert.Equal(RefusalCode.NotFound, (await world.Get<RegisterEntryReader>().Find(world.Member, slug, quarter, Cancel)).Refusal?.Code);

    [Fact]
    public async Task A_line_left_out_is_not_told()
    {
        var entry = await Entry(world.Stranger, RegisterWorld.Southern);
        Assert.Null(entry.Shown);
        Assert.Equal(["Poles were painted"], (await Entry(world.Member, RegisterWorld.Lamps)).Shown!.Items.Select(item => DraftLine.Of(item).Tell(Texts.Shared.For("en"), NetworkTemplate.Of("hosts"))));
    }

    [Fact]
    public async Task Lessons_name_who_has_heard_of_them()
    {
        await world.Change(db =>
        {
            var group = Fresh(db, "told");
            var lesson = new Lesson(group.Id, "practice", "Walk the market first", null, null, world.Member, At(2026, 6, 30, 23), At(2026, 7, 1));
            var place = db.Organisations.First(o => o.NetworkId == group.NetworkId).Id;
            var (done, waiting) = (new Dissemination(lesson.Id, place, "Chamber of commerce", new(2026, 9, 1), world.Member, At(2026, 7, 1)), new Dissemination(lesson.Id, place, "Schools", new(2026, 9, 1), world.Member, At(2026, 7, 1)));
            done.Done(new(2026, 8, 24), world.Member, "");
            db.Lessons.Add(lesson);
            db.Disseminations.AddRange(done, waiting);
        });
        var noted = Assert.Single((await Entry(world.Member, "told")).Noted);
        // Half an hour before midnight in UTC is the next day in the network's zone.
        Assert.Equal((new DateOnly(2026, 7, 1), "Chamber of commerce 2026-08-24"), (noted.On, string.Join(' ', noted.Told.Select(one => $"{one.Audience} {one.On:yyyy-MM-dd}"))));
    }

    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_groups_and_quarters()
    {
        // EF asks only once a second whether somebody listens.
        await Eventually.True(async () => await QueryCount.Of(() => Entry(world.Member, RegisterWorld.Olives)) > 0, "queries are counted");
        var (few, many) = (await Counted("few", 3, 2), await Counted("many", 60, 20));
        Assert.Equal(few, many);
        Assert.All(many, count => Assert.InRange(count, 4, 20));
    }

    private async Task<int[]> Counted(string slug, int groups, int quarters)
    {
        var reader = Guid.Empty;
        await world.Change(db =>
        {
            var network = new Network(slug, "hosts", "X", LocalizedText.Same(slug), "UTC", At(2026, 1, 1));
            db.Networks.Add(network);
            var places = new[] { RegisterWorld.Place(db, network, "municipality", "LB", "One"), RegisterWorld.Place(db, network, "municipality", "TR", "Two") };
            foreach (var number in Enumerable.Range(0, groups))
            {
                var group = RegisterWorld.Group(db, network, $"{slug}-{number}", "active", "Markets", places);
                reader = RegisterWorld.Join(db, places[0].Id, group, "lead");
                db.Lessons.Add(new(group.Id, "practice", "Walk", null, null, reader, At(2026, 1, 1), At(2026, 1, 1)));
                db.Activities.Add(world.Done(group, "Visit", "visit"));
                var quarter = Quarter.Parse("2026-Q2", 1)!.Value;
                foreach (var _ in Enumerable.Range(0, quarters))
                {
                    db.UpdateItems.Add(world.Line(RegisterWorld.Quarter(db, group, quarter.Label, reader, Nothing with { Summary = "Markets", BestPractices = "Walk" }), "Met", true));
                    quarter = quarter.Previous;
                }
            }
        });
        var export = world.Get<RegisterExport>();
        return
        [
            await QueryCount.Of(async () => Assert.Equal(groups, (await world.Get<RegisterReader>().List(reader, slug, new(Text: "mark", Country: "LB"), null, 200, Cancel)).Value.Rows.Count)),
            await QueryCount.Of(async () => Assert.Equal(quarters, (await Entry(reader, slug + "-1")).Quarters.Count)),
            await QueryCount.Of(async () => Assert.Equal(groups * (quarters + 1), (await world.Get<PracticeReader>().List(reader, slug, new(Text: "walk"), null, 200, Cancel)).Value.Count)),
            await QueryCount.Of(async () => Assert.NotEmpty((await export.Write(reader, slug, new(), "json", Texts.Shared.For("en"), Cancel)).Value.Content)),
        ];
    }

    private static DateTimeOffset At(int year, int month, int day, int hour = 9) => new(year, month, day, hour, 30, 0, TimeSpan.Zero);

    private static TwinningGroup Fresh(TwinHubDb db, string slug)
    {
        var north = db.Networks.Single(n => n.Slug == RegisterWorld.North);
        return RegisterWorld.Group(db, north, slug, "active", "Fresh", db.Organisations.Where(o => o.NetworkId == north.Id).OrderBy(o => o.Id).Take(2).ToArray());
    }

    private async Task<RegisterEntry> Entry(Guid person, string slug) => (await world.Get<RegisterEntryReader>().Find(person, slug, null, Cancel)).Value;
}
