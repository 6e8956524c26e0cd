using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Reviews;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reviews;

/// <summary>Answers of partners: sealed until all have answered or the due day has passed, then fixed (domain, section 4).</summary>
public sealed class ReviewServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Maya = "maya.dannaoui@tripoli.example.org";

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReviewService Reviews => Hub.Get<ReviewService>();

    [Fact]
    public async Task A_sealed_answer_is_its_own_partner_s_alone_and_the_last_one_opens_all()
    {
        var review = await Hub.Review("Sealed");
        Assert.Null((await Hub.Answer(People.Rana, review, "Nine streets walked")).Refusal);

        foreach (var (email, mine) in new[] { (Maya, "Nine streets walked"), (People.Ziad, "Nine streets walked"), (People.Selin, null), (People.Claire, null) })
        {
            var seen = await Hub.Seen(email, review);
            Assert.Equal((ReviewSummary.Sealed, mine, 0), (seen.Summary.State, seen.Mine?.Answer.WentWell, seen.Answers.Count));
            Assert.Equal([true, false], seen.Summary.Partners.Select(one => one.HasAnswered));
        }

        Assert.Null((await Hub.Answer(People.Selin, review, "Market of Thursday")).Refusal);
        foreach (var email in new[] { People.Rana, People.Selin, People.Claire })
        {
            var seen = await Hub.Seen(email, review);
            Assert.Equal(ReviewSummary.Open, seen.Summary.State);
            Assert.Equal(["Nine streets walked", "Market of Thursday"], seen.Answers.Select(one => one.Answer.WentWell));
            Assert.DoesNotContain(seen.Answers, one => one.Answer.Late);
        }
    }

    [Fact]
    public async Task A_facilitator_who_is_a_member_too_neither_reads_a_sealed_answer_nor_gives_one()
    {
        const string Derya = "derya.polat@gaziantep.example.org";
        var review = await Hub.Review("Facilitated");
        await Hub.Answer(People.Selin, review, "Ours alone");
        Assert.Equal("Ours alone", (await Hub.Seen(Derya, review)).Mine?.Answer.WentWell);
        await Hub.Execute("insert into network_roles select n.id, $1, 'facilitator' from networks n where n.slug = 'hmln'", await Hub.PersonId(Derya));
        var seen = await Hub.Seen(Derya, review);
        Assert.Equal((null, 0, false), (seen.Mine, seen.Answers.Count, seen.MayAnswer));
        Assert.Equal(RefusalCode.NotAllowed, (await Hub.Answer(Derya, review, "Changed", 1)).Refusal?.Code);
    }

    [Fact]
    public async Task After_the_due_day_answers_are_open_fixed_and_a_late_one_says_so()
    {
        var review = await Hub.Review("Passed", -20, 0);
        await Hub.Answer(People.Rana, review, "On the last day");
        Assert.True((await Hub.Seen(People.Selin, review)).Summary.IsSealed);

        await Hub.Days(review, -21, -1);
        Assert.Equal("On the last day", Assert.Single((await Hub.Seen(People.Selin, review)).Answers).Answer.WentWell);
        Assert.Equal((RefusalCode.Closed, "review.fixed"), Why(await Hub.Answer(People.Rana, review, "Changed my mind", 1)));
        Assert.Null((await Hub.Answer(People.Selin, review, "A day too late")).Refusal);
        Assert.Equal((RefusalCode.Closed, "review.fixed"), Why(await Hub.Answer(People.Selin, review, "Two days too late", 1)));

        var seen = await Hub.Seen(People.Claire, review);
        Assert.Equal([false, true], seen.Answers.Select(one => one.Answer.Late));
        Assert.Equal([false, true], seen.Summary.Partners.Select(one => one.IsLate));
    }

    [Fact]
    public async Task Two_members_write_one_answer_and_the_second_meets_the_first()
    {
        var review = await Hub.Review("Two of one");
        Assert.Null((await Hub.Answer(People.Rana, review, "First")).Refusal);
        Assert.Equal((RefusalCode.Conflict, "review.newer"), Why(await Hub.Answer(People.Ziad, review, "Second")));
        Assert.Null((await Hub.Answer(People.Ziad, review, "Second", 1)).Refusal);
        Assert.Equal((RefusalCode.Conflict, "review.newer"), Why(await Hub.Answer(People.Rana, review, "Third", 1)));

        var mine = (await Hub.Seen(People.Rana, review)).Mine!;
        Assert.Equal(("Second", 2, 1), (mine.Answer.WentWell, mine.Answer.Version, await Count(db => db.ReviewAnswers.Where(a => a.ReviewId == review))));
    }

    [Fact]
    public async Task A_double_press_changes_nothing_twice_also_at_the_answer_that_opens()
    {
        var review = await Hub.Review("Twice");
        await Hub.Answer(People.Rana, review, "Once");
        Assert.Null((await Hub.Answer(People.Rana, review, "Once")).Refusal);
        await Hub.Answer(People.Selin, review, "Opens");
        Assert.Null((await Hub.Answer(People.Selin, review, "Opens")).Refusal);
        Assert.Equal([1, 1], (await Hub.Seen(People.Rana, review)).Answers.Select(one => one.Answer.Version));
    }

    [Fact]
    public async Task Answers_given_at_once_are_one_a_partner_and_open_the_review()
    {
        var review = await Hub.Review("At once");
        var answered = await Task.WhenAll(new[] { People.Rana, People.Ziad, Maya, People.Selin, People.Emre }.Select(email => Hub.Answer(email, review, $"By {email}")));
        Assert.Equal(2, answered.Count(one => one.Refusal is null));
        Assert.Equal(3, answered.Count(one => one.Refusal is { Code: RefusalCode.Conflict or RefusalCode.Closed }));
        Assert.Equal(2, (await Hub.Seen(People.Claire, review)).Answers.Count);
    }

    [Theory]
    [InlineData(People.Claire, RefusalCode.NotAllowed)]
    [InlineData("karim.hammoud@saida.example.org", RefusalCode.NotAllowed)]
    [InlineData(People.Lina, RefusalCode.NotFound)]
    [InlineData(People.ForeignFacilitator, RefusalCode.NotFound)]
    public async Task Only_members_who_write_answer(string email, RefusalCode code)
    {
        var review = await Hub.Review("Who answers", group: email.StartsWith("karim", StringComparison.Ordinal) ? "nablus-saida" : People.TheirGroup);
        Assert.Equal(code, (await Hub.Answer(email, review, "Mine")).Refusal?.Code);
        Assert.Equal(0, await Count(db => db.ReviewAnswers.Where(a => a.ReviewId == review)));
    }

    [Theory]
    [InlineData("", "b", 2, "wentWell", "review.unwritten")]
    [InlineData("a", " \n ", 2, "strengthen", "review.unwritten")]
    [InlineData("a\0", "b", 2, "wentWell", "error.message.characters")]
    [InlineData("a", "b", 5, "ratings", "review.ratings")]
    [InlineData("a", "b", -1, "ratings", "review.ratings")]
    public async Task What_cannot_be_taken_is_refused_at_its_field(string well, string strengthen, int rating, string field, string why)
    {
        await Hub.Objective("Rated by all");
        var review = await Hub.Review("Refused");
        var refusal = (await Reviews.Answer(await Hub.PersonId(People.Rana), review, await Hub.Input(review, well, strengthen, rating), Cancel)).Refusal;
        Assert.Equal((field, why), (refusal?.Field, refusal?.TextKey));
    }

    [Fact]
    public async Task Every_objective_is_rated_and_no_other()
    {
        await Hub.Objective("One of them");
        var review = await Hub.Review("Ratings");
        var (rana, input) = (await Hub.PersonId(People.Rana), await Hub.Input(review, "a"));
        foreach (var ratings in new[] { input.Ratings.Skip(1), input.Ratings.Append(new(Guid.NewGuid(), 1)) })
        {
            Assert.Equal("ratings", (await Reviews.Answer(rana, review, input with { Ratings = ratings.ToDictionary() }, Cancel)).Refusal?.Field);
        }
        Assert.Equal("wentWell", (await Reviews.Answer(rana, review, input with { WentWell = new string('x', AnswerInput.MaxText + 1) }, Cancel)).Refusal?.Field);
        Assert.Null((await Reviews.Answer(rana, review, input, Cancel)).Refusal);
        Assert.Null((await Reviews.Answer(rana, review, input with { Ratings = input.Ratings.ToDictionary(one => one.Key, _ => 4), Version = 1 }, Cancel)).Refusal);
        Assert.All((await Hub.Seen(People.Rana, review)).Mine!.Ratings.Values, rating => Assert.Equal(4, rating));
    }

    [Fact]
    public async Task Nobody_answers_before_it_opens_after_it_was_called_off_or_in_an_archive()
    {
        const string Closing = "bethlehem-madaba";
        Assert.Equal((RefusalCode.Closed, "review.early"), Why(await Hub.Answer(People.Rana, await Hub.Review("Ahead", 1, 20), "Early")));
        var off = await Hub.Review("Called off");
        await Hub.Execute("update milestone_reviews set cancelled_at = now() where id = $1", off);
        Assert.Equal(RefusalCode.NotFound, (await Hub.Answer(People.Rana, off, "Off")).Refusal?.Code);
        var archived = await Hub.Review("Archived", group: Closing);
        await Hub.Execute("update twinning_groups set status = 'completed' where slug = $1", Closing);
        var member = await Hub.Scalar<string>("select p.email from memberships m join people p on p.id = m.person_id join twinning_groups g on g.id = m.group_id where g.slug = $1 and not m.roles @> '{observer}' limit 1", Closing);
        Assert.Equal(RefusalCode.Closed, (await Hub.Answer(member, archived, "Archived")).Refusal?.Code);
    }

    [Fact]
    public async Task A_partner_that_leaves_owes_its_answer_until_the_answers_open_and_a_new_one_owes_none()
    {
        const string Group = "tripoli-adana";
        var review = await Hub.Review("Leaving", group: Group);
        await Hub.Answer(Maya, review, "Said before");
        await Hub.Execute("""
            with gone as (delete from group_partners where organisation_id = (select id from organisations where initials = 'AD') and group_id = (select id from twinning_groups where slug = $1) returning group_id)
            insert into group_partners (group_id, organisation_id, position, hue) select group_id, (select id from organisations where initials = 'ZA'), 9, 'olive' from gone
            """, Group);
        var sealedView = await Hub.Seen(Maya, review);
        Assert.True(sealedView.Summary.IsSealed);
        Assert.Equal(["Tripoli", "Adana"], sealedView.Summary.Partners.Select(one => one.Organisation.ShortName("en")));

        await Hub.Days(review, -9, -1);
        var open = await Hub.Seen(Maya, review);
        Assert.Equal(["Tripoli"], open.Summary.Partners.Select(one => one.Organisation.ShortName("en")));
        Assert.Equal("Said before", Assert.Single(open.Answers).Answer.WentWell);
    }

    [Fact]
    public async Task The_due_day_is_not_brought_forward_once_somebody_has_answered()
    {
        var review = await Hub.Review("Forward");
        var claire = await Hub.PersonId(People.Claire);
        Assert.Null((await Reviews.Postpone(claire, review, Hub.Day(5), Cancel)).Refusal);
        await Hub.Answer(People.Rana, review, "Answered");
        foreach (var day in new[] { 4, 1, 0, -3 })
        {
            Assert.Equal("dueOn", (await Reviews.Postpone(claire, review, Hub.Day(day), Cancel)).Refusal?.Field);
        }
        Assert.Null((await Reviews.Postpone(await Hub.PersonId(People.Selin), review, Hub.Day(6), Cancel)).Refusal);
        var seen = await Hub.Seen(People.Selin, review);
        Assert.Equal((Hub.Day(6), true, 0), (seen.Summary.Review.DueOn, seen.Summary.IsSealed, seen.Answers.Count));

        await Hub.Answer(People.Selin, review, "Answered too");
        Assert.Equal((RefusalCode.Closed, "review.has-opened"), Why(await Reviews.Postpone(claire, review, Hub.Day(30), Cancel)));
    }

    private static (RefusalCode?, string?) Why(Outcome<Guid> outcome) => (outcome.Refusal?.Code, outcome.Refusal?.TextKey);

    private Task<int> Count<T>(Func<TwinHub.Core.Data.TwinHubDb, IQueryable<T>> rows) => Hub.Db(db => rows(db).CountAsync());
}
