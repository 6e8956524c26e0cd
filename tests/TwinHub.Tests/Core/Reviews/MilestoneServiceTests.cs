using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Reviews;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reviews;

/// <summary>Milestones and the plan around them: who changes it, what it takes, and how far a review follows its milestone.</summary>
public sealed class MilestoneServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly ActivityInput Trip = new("Trip to the cooperative", "visit", new(2027, 4, 5), new(2027, 4, 8), null, null, null, null);

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PlanService Plans => Hub.Get<PlanService>();

    [Fact]
    public async Task A_milestone_brings_its_review_which_follows_its_day_until_somebody_answers()
    {
        var milestone = await Save(null, "Follows", 60);
        var review = await ReviewOf(milestone);
        Assert.Equal((Hub.Day(30), Hub.Day(60)), (review.OpensOn, review.DueOn));

        await Save(milestone, "Follows", 20);
        Assert.Equal((Hub.Day(), Hub.Day(20)), await DaysOf(milestone));
        await Hub.Answer(People.Rana, review.Id, "Answered");

        Assert.Equal("review.only-later", (await Try(milestone, "Follows", 19, true)).Refusal?.TextKey);
        Assert.Equal("review.only-later", (await Try(milestone, "Follows", 3, true)).Refusal?.TextKey);
        Assert.Equal("plan.milestone.answered", (await Try(milestone, "Follows", 20, false)).Refusal?.TextKey);
        Assert.Equal("plan.milestone.answered", (await Hub.Get<MilestoneService>().Remove(await Hub.PersonId(People.Rana), People.TheirGroup, milestone, Cancel)).Refusal?.TextKey);
        Assert.Equal((Hub.Day(), Hub.Day(20)), await DaysOf(milestone));
        Assert.Equal(Hub.Day(20), await Hub.Db(db => db.Milestones.Where(m => m.Id == milestone).Select(m => m.DueOn).SingleAsync()));

        await Save(milestone, "Follows", 40);
        Assert.Equal((Hub.Day(), Hub.Day(40)), await DaysOf(milestone));
        await Hub.Answer(People.Selin, review.Id, "Opens");
        await Save(milestone, "Follows", 10);
        Assert.Equal((Hub.Day(), Hub.Day(40)), await DaysOf(milestone));
    }

    [Fact]
    public async Task A_review_that_nobody_answered_is_called_off_and_taken_up_again()
    {
        var milestone = await Save(null, "On and off", 50);
        await Save(milestone, "On and off", 50, isReviewed: false);
        Assert.NotNull((await ReviewOf(milestone)).CancelledAt);
        await Save(milestone, "On and off", 50);
        Assert.Null((await ReviewOf(milestone)).CancelledAt);
        Assert.Null((await Hub.Get<MilestoneService>().Remove(await Hub.PersonId(People.Rana), People.TheirGroup, milestone, Cancel)).Refusal);
        Assert.NotNull((await ReviewOf(milestone)).CancelledAt);
        Assert.DoesNotContain(milestone, (await Plan()).Milestones.Select(one => one.Milestone.Id));
    }

    [Fact]
    public async Task What_is_sent_twice_stands_there_once()
    {
        var rana = await Hub.PersonId(People.Rana);
        foreach (var _ in new[] { 1, 2 })
        {
            await Save(null, "Sent twice", 70);
            Assert.Null((await Plans.SaveActivity(rana, People.TheirGroup, null, Trip with { Title = "Sent twice" }, Cancel)).Refusal);
            Assert.Null((await Plans.SaveObjective(rana, People.TheirGroup, null, new("Sent twice", "", "", "", null), Cancel)).Refusal);
        }
        var plan = await Plan();
        Assert.Single(plan.Milestones, one => one.Milestone.Title == "Sent twice");
        Assert.Single(plan.Activities, one => one.Activity.Title == "Sent twice");
        Assert.Single(plan.Objectives, one => one.Text == "Sent twice");
    }

    [Fact]
    public async Task An_activity_begins_ends_and_goes_back_and_a_second_press_keeps_the_day()
    {
        var rana = await Hub.PersonId(People.Rana);
        var id = (await Plans.SaveActivity(rana, People.TheirGroup, null, Trip with { Title = "Moves on", StartsOn = Hub.Day(-3), EndsOn = Hub.Day(3) }, Cancel)).Value;
        foreach (var (state, begun, done) in new (string, DateOnly?, DateOnly?)[] { ("begun", Hub.Day(-3), null), ("done", Hub.Day(-3), Hub.Day()), ("done", Hub.Day(-3), Hub.Day()), ("begun", Hub.Day(-3), null), ("cancelled", null, null), ("planned", null, null) })
        {
            Assert.Null((await Plans.SetState(rana, People.TheirGroup, id, state, Cancel)).Refusal);
            var activity = (await Plan()).Activities.Single(one => one.Activity.Id == id).Activity;
            Assert.Equal((state, begun, done), (activity.State, activity.BegunOn, activity.DoneOn));
        }
        Assert.Equal("state", (await Plans.SetState(rana, People.TheirGroup, id, "lost", Cancel)).Refusal?.Field);
    }

    public static TheoryData<string, ActivityInput> Unfit => new()
    {
        { "title", Trip with { Title = " " } }, { "title", Trip with { Title = new string('x', 201) } }, { "kind", Trip with { Kind = "holiday" } },
        { "startsOn", Trip with { StartsOn = DateOnly.MinValue } }, { "endsOn", Trip with { EndsOn = new(2027, 4, 4) } }, { "endsOn", Trip with { EndsOn = new(2100, 1, 1) } },
        { "organisationId", Trip with { OrganisationId = Guid.NewGuid() } }, { "assigneeId", Trip with { AssigneeId = Guid.NewGuid() } },
        { "objectiveId", Trip with { ObjectiveId = Guid.NewGuid() } }, { "milestoneId", Trip with { MilestoneId = Guid.NewGuid() } },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task What_a_plan_cannot_take_is_refused_at_its_field(string field, ActivityInput input) =>
        Assert.Equal(field, (await Plans.SaveActivity(await Hub.PersonId(People.Rana), People.TheirGroup, null, input, Cancel)).Refusal?.Field);

    [Theory]
    [InlineData(People.Rana, People.TheirGroup, null)]
    [InlineData(People.Claire, People.TheirGroup, null)]
    [InlineData("karim.hammoud@saida.example.org", "nablus-saida", RefusalCode.NotAllowed)]
    [InlineData(People.Lina, People.TheirGroup, RefusalCode.NotFound)]
    [InlineData(People.ForeignFacilitator, People.TheirGroup, RefusalCode.NotFound)]
    [InlineData(People.Claire, "ramtha-tyre", RefusalCode.Closed)]
    public async Task Members_who_write_and_facilitators_change_a_plan_that_is_no_archive(string email, string group, RefusalCode? code)
    {
        await Hub.Execute("update twinning_groups set status = 'endedEarly' where slug = 'ramtha-tyre'");
        var person = await Hub.PersonId(email);
        Assert.Equal(code, (await Plans.SaveActivity(person, group, null, Trip, Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Plans.SaveObjective(person, group, null, new("Who may", "", "", "", null), Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Hub.Get<MilestoneService>().Save(person, group, null, new("Who may", "", Hub.Day(80)), true, Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task An_objective_that_was_rated_stays_and_one_that_was_not_goes_with_what_pointed_at_it()
    {
        var rana = await Hub.PersonId(People.Rana);
        var objective = await Hub.Objective("Soon gone");
        var activity = (await Plans.SaveActivity(rana, People.TheirGroup, null, Trip with { Title = "Toward it", ObjectiveId = objective }, Cancel)).Value;
        Assert.Null((await Plans.RemoveObjective(rana, People.TheirGroup, objective, Cancel)).Refusal);
        Assert.Null((await Plan()).Activities.Single(one => one.Activity.Id == activity).Activity.ObjectiveId);

        var rated = await Hub.Objective("Rated");
        Assert.Null((await Hub.Answer(People.Rana, await Hub.Review("Rates"), "Rated")).Refusal);
        Assert.Equal((RefusalCode.Conflict, "plan.objective.rated"), (await Plans.RemoveObjective(rana, People.TheirGroup, rated, Cancel)) is { Refusal: { } refusal } ? (refusal.Code, refusal.TextKey) : default);
    }

    private async Task<GroupPlan> Plan() => (await Hub.Get<PlanReader>().Find(await Hub.PersonId(People.Rana), People.TheirGroup, Cancel)).Value;

    private async Task<Outcome<Guid>> Try(Guid? id, string title, int day, bool isReviewed) =>
        await Hub.Get<MilestoneService>().Save(await Hub.PersonId(People.Rana), People.TheirGroup, id, new(title, "", Hub.Day(day)), isReviewed, Cancel);

    private async Task<Guid> Save(Guid? id, string title, int day, bool isReviewed = true)
    {
        var saved = await Try(id, title, day, isReviewed);
        Assert.Null(saved.Refusal);
        return saved.Value;
    }

    private Task<MilestoneReview> ReviewOf(Guid milestone) => Hub.Db(db => db.MilestoneReviews.AsNoTracking().SingleAsync(r => r.MilestoneId == milestone));

    private async Task<(DateOnly, DateOnly)> DaysOf(Guid milestone) => await ReviewOf(milestone) is var review ? (review.OpensOn, review.DueOn) : default;
}
