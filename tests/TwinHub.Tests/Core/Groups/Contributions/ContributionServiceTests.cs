using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Groups.Contributions;

public sealed class ContributionServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private ContributionService Service => Hub.Get<ContributionService>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_finished_activity_that_a_partner_led_is_proposed_to_the_others_and_reading_writes_nothing()
    {
        var (tripoli, gaziantep, day) = (await Hub.Side(People.Rana), await Hub.Side(People.Selin), (await Hub.Today()).AddDays(-9));
        var done = await Hub.Did("Compost plant", tripoli, day);
        await Hub.Did("Together", null, day);
        await Hub.Did("Still under way", tripoli, day, Activity.Begun);
        await Hub.Did("Led by somebody else", await Hub.Side(People.Lina, People.OtherGroup), day);
        var page = await Page(People.Rana);
        var one = Assert.Single(page.Proposed, proposed => proposed.HappenedOn == day && proposed.Source.Kind == ContributionSource.Activity);
        Assert.Equal((done, tripoli, gaziantep, "Compost plant"), (one.Source.Id, one.GiverId, one.ReceiverId, one.Text));
        Assert.Equal(0, await Hub.Db(db => db.Contributions.CountAsync(c => c.SourceId == done)));
    }

    [Fact]
    public async Task A_webinar_that_took_place_is_proposed_where_somebody_of_a_partner_held_it_and_the_group_was_asked()
    {
        var ours = await Hub.Webinar(Hub.InDays(-3), People.Selin, People.TheirGroup);
        var others = await Hub.Webinar(Hub.InDays(-3), People.Selin, People.OtherGroup);
        var facilitators = await Hub.Webinar(Hub.InDays(-3), People.Claire, People.TheirGroup);
        var later = await Hub.Webinar(Hub.InDays(3), People.Selin, People.TheirGroup);
        var proposed = (await Page(People.Rana)).Proposed;
        var one = Assert.Single(proposed, one => one.Source.Id == ours);
        Assert.Equal((await Hub.Side(People.Selin), await Hub.Side(People.Rana)), (one.GiverId, one.ReceiverId));
        Assert.DoesNotContain(proposed, one => one.Source.Id == others || one.Source.Id == facilitators || one.Source.Id == later);
    }

    [Fact]
    public async Task The_receiving_side_confirms_once_however_often_it_presses()
    {
        var done = await Hub.Did("Two days of training", await Hub.Side(People.Rana), (await Hub.Today()).AddDays(-1));
        var key = await Key(done);
        var settled = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Settle(People.Selin, key, true)));
        Assert.Single(settled.Select(one => one.Value).Distinct());
        var kept = await Hub.Db(db => db.Contributions.AsNoTracking().SingleAsync(c => c.SourceId == done));
        Assert.Equal((Contribution.Confirmed, await Hub.PersonId(People.Selin), null, "Two days of training"), (kept.State, kept.SettledBy, kept.ProposedBy, kept.Text));
        Assert.DoesNotContain((await Page(People.Rana)).Proposed, one => one.Source.Id == done);
        Assert.Null((await Settle(People.Selin, new(kept.Id), false)).Refusal);
        Assert.Equal(Contribution.Declined, await Hub.Db(db => db.Contributions.Where(c => c.Id == kept.Id).Select(c => c.State).SingleAsync()));
    }

    [Theory]
    [InlineData(People.Rana, RefusalCode.NotAllowed)]
    [InlineData(People.Claire, RefusalCode.NotAllowed)]
    [InlineData(People.Lina, RefusalCode.NotFound)]
    public async Task Nobody_but_the_receiving_side_settles(string email, RefusalCode code)
    {
        var done = await Hub.Did("Statutes", await Hub.Side(People.Rana), (await Hub.Today()).AddDays(-1));
        Assert.Equal(code, (await Settle(email, await Key(done), true)).Refusal?.Code);
        Assert.Equal(0, await Hub.Db(db => db.Contributions.CountAsync(c => c.SourceId == done)));
    }

    [Fact]
    public async Task An_observer_and_an_archive_settle_and_write_nothing()
    {
        const string slug = "nablus-saida", observer = "karim.hammoud@saida.example.org";
        var saida = await Hub.Side(observer, slug);
        var nablus = await Hub.Db(db => db.GroupPartners.Where(p => db.Groups.Any(g => g.Id == p.GroupId && g.Slug == slug) && p.OrganisationId != saida).Select(p => p.OrganisationId).FirstAsync());
        var done = await Hub.Did("Old town", nablus, (await Hub.Today()).AddDays(-1), slug: slug);
        var key = new ContributionKey(Guid.Empty, new(ContributionSource.Activity, done), nablus, saida);
        var karim = await Hub.PersonId(observer);
        Assert.Equal(RefusalCode.NotAllowed, (await Service.Settle(karim, slug, key, true, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotAllowed, (await Service.Write(karim, slug, new(Guid.NewGuid(), nablus, saida, "x", await Hub.Today()), Cancel)).Refusal?.Code);
        await Hub.Execute("update memberships set roles = '{member}' where person_id = $1", karim);
        await Hub.Execute("update twinning_groups set status = 'completed' where slug = $1", slug);
        Assert.Equal(RefusalCode.Closed, (await Service.Settle(karim, slug, key, true, Cancel)).Refusal?.Code);
        Assert.Null((await Hub.Get<ContributionReader>().Find(karim, slug, Cancel)).Refusal);
    }

    [Fact]
    public async Task A_record_that_says_otherwise_is_not_found()
    {
        var (tripoli, gaziantep) = (await Hub.Side(People.Rana), await Hub.Side(People.Selin));
        var done = await Hub.Did("One way", tripoli, (await Hub.Today()).AddDays(-1));
        foreach (var key in new ContributionKey[]
        {
            new(Guid.Empty, new(ContributionSource.Activity, done), gaziantep, tripoli), new(Guid.Empty, new(ContributionSource.Webinar, done), tripoli, gaziantep),
            new(Guid.Empty, new(ContributionSource.Activity, Guid.NewGuid()), tripoli, gaziantep), new(Guid.NewGuid()),
        })
        {
            Assert.Equal(RefusalCode.NotFound, (await Settle(People.Selin, key, true)).Refusal?.Code);
        }
    }

    [Theory]
    [InlineData(People.Rana, Contribution.Proposed)]
    [InlineData(People.Selin, Contribution.Confirmed)]
    public async Task What_is_written_by_hand_waits_for_the_receiver_unless_the_receiver_wrote_it(string email, string state)
    {
        var id = Guid.NewGuid();
        var written = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Write(email, new(id, null, null, "Survey method", null))));
        Assert.All(written, one => Assert.Equal(id, one.Value));
        Assert.Equal((state, await Hub.PersonId(email)), await Hub.Db(db => db.Contributions.Where(c => c.Id == id).Select(c => new { c.State, c.ProposedBy }).SingleAsync()) is var kept ? (kept.State, kept.ProposedBy!.Value) : default);
    }

    [Theory]
    [InlineData("", 0, "text")]
    [InlineData("501", 0, "text")]
    [InlineData("Words", 1, "happenedOn")]
    [InlineData("Words", -365 * 21, "happenedOn")]
    public async Task It_says_what_and_when(string text, int inDays, string field) =>
        Assert.Equal(field, (await Write(People.Rana, new(Guid.NewGuid(), null, null, text == "501" ? new string('x', 501) : text, (await Hub.Today()).AddDays(inDays)))).Refusal?.Field);

    [Fact]
    public async Task Both_sides_are_partners_and_not_the_same_and_a_facilitator_does_not_write()
    {
        var (tripoli, zarqa) = (await Hub.Side(People.Rana), await Hub.Side(People.Lina, People.OtherGroup));
        Assert.Equal("receiver", (await Write(People.Rana, new(Guid.NewGuid(), tripoli, tripoli, "x", null))).Refusal?.Field);
        Assert.Equal("receiver", (await Write(People.Rana, new(Guid.NewGuid(), tripoli, zarqa, "x", null))).Refusal?.Field);
        Assert.Equal("giver", (await Write(People.Rana, new(Guid.NewGuid(), zarqa, tripoli, "x", null))).Refusal?.Field);
        Assert.Equal(RefusalCode.NotAllowed, (await Write(People.Claire, new(Guid.NewGuid(), null, null, "x", null))).Refusal?.Code);
    }

    [Fact]
    public async Task Tallies_count_what_is_confirmed_for_any_number_of_groups_and_over_the_quarters()
    {
        const string slug = People.OtherGroup;
        var (lina, group) = (await Hub.PersonId(People.Lina), await Hub.GroupId(slug));
        var (zarqa, today) = (await Hub.Side(People.Lina, slug), await Hub.Today());
        var urfa = await Hub.Db(db => db.GroupPartners.Where(p => p.GroupId == group && p.OrganisationId != zarqa).Select(p => p.OrganisationId).SingleAsync());
        var quarter = Quarter.Of(today, 1);
        await Hub.Change(db =>
        {
            Add(zarqa, urfa, today, true);
            Add(zarqa, urfa, quarter.Previous.EndsOn, true);
            Add(urfa, zarqa, quarter.Previous.StartsOn, true);
            Add(urfa, zarqa, quarter.Previous.StartsOn, false);
            Add(urfa, zarqa, today.AddYears(-9), true);
            return Task.FromResult(true);

            void Add(Guid giver, Guid receiver, DateOnly day, bool confirmed)
            {
                var made = new Contribution(group, giver, receiver, "Given", day, null, lina, Hub.Now());
                made.Settle(confirmed, lina, Hub.Now());
                db.Contributions.Add(made);
            }
        });
        var tallies = await Hub.Db(db => ContributionReader.Tallies(db, [group, Guid.NewGuid()], Cancel));
        Assert.Equal(2, tallies.Count);
        Assert.Equal((new Tally(2, 2), new Tally(2, 2)), (tallies[(group, zarqa)], tallies[(group, urfa)]));

        var page = (await Hub.Get<ContributionReader>().Find(lina, slug, Cancel)).Value;
        Assert.Equal(new Tally(2, 2), page.Tallies[zarqa]);
        Assert.Equal((ContributionReader.Quarters, quarter), (page.OverTime.Count, page.OverTime[^1].Quarter));
        Assert.Equal((new Tally(1, 0), new Tally(1, 1)), (page.OverTime[^1].Partners[zarqa], page.OverTime[^2].Partners[zarqa]));
        Assert.All(page.OverTime.Take(ContributionReader.Quarters - 2), one => Assert.Empty(one.Partners));
    }

    private async Task<ContributionPage> Page(string email) => (await Hub.Get<ContributionReader>().Find(await Hub.PersonId(email), People.TheirGroup, Cancel)).Value;

    /// <summary>From Tripoli to Gaziantep.</summary>
    private async Task<ContributionKey> Key(Guid activity) => new(Guid.Empty, new(ContributionSource.Activity, activity), await Hub.Side(People.Rana), await Hub.Side(People.Selin));

    private async Task<Outcome<Guid>> Settle(string email, ContributionKey key, bool confirmed) => await Service.Settle(await Hub.PersonId(email), People.TheirGroup, key, confirmed, Cancel);

    private async Task<Outcome<Guid>> Write(string email, ContributionInput input) => await Service.Write(await Hub.PersonId(email), People.TheirGroup,
        input with { Giver = input.Giver ?? await Hub.Side(People.Rana), Receiver = input.Receiver ?? await Hub.Side(People.Selin), HappenedOn = input.HappenedOn ?? await Hub.Today() }, Cancel);
}
