using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Reviews;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reviews;

/// <summary>What comes of a review: a conclusion, next steps in the plan, and with the final one an archive.</summary>
public sealed class ConclusionServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Maya = "maya.dannaoui@tripoli.example.org";

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ConclusionService Conclusions => Hub.Get<ConclusionService>();

    [Theory]
    [InlineData(Maya, null)]
    [InlineData(People.Selin, null)]
    [InlineData(People.Claire, null)]
    [InlineData(People.Rana, RefusalCode.NotAllowed)]
    [InlineData(People.Emre, RefusalCode.NotAllowed)]
    [InlineData(People.Lina, RefusalCode.NotFound)]
    public async Task Reviewers_and_facilitators_conclude(string email, RefusalCode? code)
    {
        var review = await Hub.Review("Who concludes", -9, -1);
        Assert.Equal(code, (await Conclude(email, review, "Concluded")).Refusal?.Code);
        if (code != RefusalCode.NotFound)
        {
            Assert.Equal(code is null, (await Hub.Seen(email, review)).MayConclude);
        }
    }

    [Fact]
    public async Task Where_nobody_reviews_who_is_responsible_or_leads_concludes()
    {
        const string Group = "tripoli-adana";
        await Hub.Execute("update memberships set roles = array_remove(roles, 'reviewer') || '{member}' where group_id = (select id from twinning_groups where slug = $1)", Group);
        var review = await Hub.Review("No reviewer", -9, -1, Group);
        foreach (var role in new[] { "lead", "responsible", "correspondent" })
        {
            await Hub.Execute("update memberships set roles = array[$2] where person_id = $1 and group_id = (select id from twinning_groups where slug = 'tripoli-adana')", await Hub.PersonId(Maya), role);
            Assert.Equal(role != "correspondent", (await Hub.Seen(Maya, review)).MayConclude);
        }
    }

    [Fact]
    public async Task A_conclusion_waits_for_the_answers_and_its_steps_become_activities_once()
    {
        var review = await Hub.Review("Concluded");
        NextStep[] steps = [new("Write one page", "training", await Hub.PersonId(People.Emre), Hub.Day(20))];
        Assert.Equal((RefusalCode.Closed, "review.still-sealed"), Why(await Conclude(Maya, review, "Too early", steps: steps)));
        await Hub.Answer(People.Rana, review, "One");
        await Hub.Answer(People.Selin, review, "Two");

        Assert.Equal(("conclusion", "review.conclusion.missing"), (await Conclude(Maya, review, " ")) is { Refusal: { } missing } ? (missing.Field, missing.TextKey) : default);
        Assert.Equal("steps[0].endsOn", (await Conclude(Maya, review, "Agreed", steps: [steps[0] with { DueOn = Hub.Day(-1) }])).Refusal?.Field);
        Assert.Equal("steps[1].kind", (await Conclude(Maya, review, "Agreed", steps: [steps[0], steps[0] with { Kind = "" }])).Refusal?.Field);
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Null((await Conclude(Maya, review, "Agreed", steps: steps)).Refusal);
        }

        var seen = await Hub.Seen(People.Claire, review);
        Assert.Equal((ReviewSummary.Concluded, "Agreed", "Maya Dannaoui"), (seen.Summary.State, seen.Summary.Review.Conclusion, seen.ConcludedBy));
        var step = Assert.Single(seen.Steps);
        Assert.Equal(("Write one page", Hub.Day(20), "Emre Yıldız", "planned"), (step.Activity.Title, step.Activity.EndsOn, step.Assignee, step.Activity.State));
        Assert.Equal((RefusalCode.Conflict, "review.conclusion.newer"), Why(await Conclude(People.Selin, review, "Otherwise")));
        Assert.Null((await Conclude(People.Selin, review, "Otherwise", seen.Summary.Review.ConcludedAt)).Refusal);
    }

    [Fact]
    public async Task A_twinning_ends_with_its_final_review_and_is_an_archive_from_then_on()
    {
        const string Group = "hebron-mersin";
        var claire = await Hub.PersonId(People.Claire);
        Assert.Equal((RefusalCode.Conflict, "review.final.first"), Why(await Conclusions.Complete(claire, Group, Cancel)));
        await Hub.Execute("update twinning_groups set ends_on = null where slug = $1", Group);
        Assert.Equal((RefusalCode.Conflict, "review.final.no-end"), Why(await Conclusions.OpenFinal(claire, Group, Cancel)));
        await Hub.Execute("update twinning_groups set ends_on = $2 where slug = $1", Group, Hub.Day(3));
        var final = (await Conclusions.OpenFinal(claire, Group, Cancel)).Value;
        Assert.Equal(final, (await Conclusions.OpenFinal(claire, Group, Cancel)).Value);
        Assert.Equal((null, Hub.Day(), Hub.Day(14)), (await Hub.Seen(People.Claire, final)).Summary.Review is var review ? (review.MilestoneId, review.OpensOn, review.DueOn) : default);

        await Hub.Days(final, -9, -1);
        Assert.Equal((RefusalCode.Conflict, "review.final.first"), Why(await Conclusions.Complete(claire, Group, Cancel)));
        Assert.Null((await Conclude(People.Claire, final, "Four good years")).Refusal);
        Assert.Null((await Conclusions.Complete(claire, Group, Cancel)).Refusal);

        Assert.Equal("completed", await Hub.Scalar<string>("select status from twinning_groups where slug = $1", Group));
        Assert.Equal(1L, await Hub.Scalar<long>("select count(*) from audit_log where action = 'group.completed' and subject = $1 and actor_id = $2", Group, claire));
        Assert.Equal(RefusalCode.Closed, (await Conclude(People.Claire, final, "Five")).Refusal?.Code);
        Assert.False((await Hub.Seen(People.Claire, final)).MayConclude);
    }

    [Fact]
    public async Task Members_who_do_not_lead_neither_open_the_final_review_nor_end_the_twinning()
    {
        var emre = await Hub.PersonId(People.Emre);
        Assert.Equal(RefusalCode.NotAllowed, (await Conclusions.OpenFinal(emre, People.TheirGroup, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotAllowed, (await Conclusions.Complete(emre, People.TheirGroup, Cancel)).Refusal?.Code);
    }

    private async Task<Outcome<Guid>> Conclude(string email, Guid review, string text, DateTimeOffset? seen = null, IReadOnlyList<NextStep>? steps = null) =>
        await Conclusions.Conclude(await Hub.PersonId(email), review, text, seen, steps ?? [], Cancel);

    private static (RefusalCode?, string?) Why(Outcome<Guid> outcome) => (outcome.Refusal?.Code, outcome.Refusal?.TextKey);
}
