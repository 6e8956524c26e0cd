using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Networks;
using TwinHub.Core.Reviews;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>A plan that is under way and its reviews in each of their states.</summary>
public sealed class PlanStops
{
    private const string Plan = $"/groups/{People.TheirGroup}/plan", Reviews = $"/groups/{People.TheirGroup}/reviews", Ending = "ramtha-tyre";

    private Guid _activity, _objective, _milestone, _fresh, _sealed, _open, _concluded;

    public static async Task<PlanStops> Prepare(TestHub hub)
    {
        var (stops, rana) = (new PlanStops(), await hub.PersonId(People.Rana));
        stops._objective = await hub.Objective("The strategy of Tripoli names two sectors with a budget");
        await hub.Objective("ورشة واحدة للنحّاسين في كل حيّ");
        foreach (var (title, kind, from, to, state) in new[] { ("Nine streets walked and counted", "joint_project", -40, -4, "begun"), ("زيارة إلى سوق النحّاسين", "visit", 30, 33, "planned"), ("Hesap tutma günü", "training", -90, -90, "done"), ("Autumn fair", "visit", -60, -58, "cancelled") })
        {
            var kinds = NetworkTemplate.Of("hosts").ActivityKinds;
            var input = new ActivityInput(title, kinds.Any(one => one.Key == kind) ? kind : kinds[0].Key, hub.Day(from), hub.Day(to), null, state == "planned" ? rana : null, stops._objective, null);
            var saved = await hub.Get<PlanService>().SaveActivity(rana, People.TheirGroup, null, input, CancellationToken.None);
            stops._activity = saved.Value;
            Assert.Null((await hub.Get<PlanService>().SetState(rana, People.TheirGroup, saved.Value, state, CancellationToken.None)).Refusal);
        }
        (stops._fresh, stops._sealed) = (await hub.Review("Council vote on the cooperative"), await hub.Review("Count of the stalls", due: 25));
        stops._milestone = await hub.Db(db => db.MilestoneReviews.Where(r => r.Id == stops._fresh).Select(r => r.MilestoneId!.Value).SingleAsync());
        Assert.Null((await hub.Answer(People.Rana, stops._sealed, "We met every second week.\nThe joint walk changed how we count.")).Refusal);
        stops._open = await stops.Open(hub, "Two markets compared");
        stops._concluded = await stops.Open(hub, "Kiosks agreed");
        await hub.Review("Drafts of both strategies", 60, 90);
        await Conclude(hub, stops._concluded, new NextStep("Template of one page", "visit", rana, hub.Day(20)));
        var claire = await hub.PersonId(People.Claire);
        var final = (await hub.Get<ConclusionService>().OpenFinal(claire, Ending, CancellationToken.None)).Value;
        await hub.Days(final, -20, -1);
        await Conclude(hub, final);
        return stops;
    }

    public IEnumerable<Stop> Of(string emptyGroup) =>
    [
        new("plan", People.Rana, Plan),
        new("plan-activity", People.Rana, $"{Plan}/activity/{_activity}"),
        new("plan-activity-error", People.Rana, $"{Plan}/activity", 400, Miss),
        new("plan-objective", People.Rana, $"{Plan}/objective/{_objective}"),
        new("plan-milestone", People.Rana, $"{Plan}/milestone/{_milestone}"),
        new("reviews", People.Rana, Reviews),
        new("review-answer", People.Rana, $"{Reviews}/{_fresh}"),
        new("review-sealed", People.Rana, $"{Reviews}/{_sealed}"),
        new("review-open", People.Rana, $"{Reviews}/{_open}"),
        new("review-concluded", People.Rana, $"{Reviews}/{_concluded}"),
        new("plan-empty", People.Claire, $"/groups/{emptyGroup}/plan"),
        new("reviews-empty", People.Claire, $"/groups/{emptyGroup}/reviews"),
        new("review-sealed-facilitator", People.Claire, $"{Reviews}/{_sealed}"),
        new("review-conclude", People.Claire, $"{Reviews}/{_open}"),
        new("reviews-complete", People.Claire, $"/groups/{Ending}/reviews?ask=complete"),
    ];

    private async Task<Guid> Open(TestHub hub, string title)
    {
        var review = await hub.Review(title, -20, 3);
        Assert.Null((await hub.Answer(People.Rana, review, "Nine streets in four days, with the traders beside us.")).Refusal);
        Assert.Null((await hub.Answer(People.Selin, review, "Perşembe pazarındaki ekip iyi çalıştı; esnaf güvenle konuştu.")).Refusal);
        return review;
    }

    private static async Task Conclude(TestHub hub, Guid review, params NextStep[] steps) =>
        Assert.Null((await hub.Get<ConclusionService>().Conclude(await hub.PersonId(People.Claire), review, "Both cities keep the fortnightly call and write one page the same evening.", null, steps, CancellationToken.None)).Refusal);

    /// <summary>Ends before it starts.</summary>
    private static async Task Miss(IPage page)
    {
        await page.Locator("#Input-Title").FillAsync("Autumn fair");
        await page.Locator("#Input-Kind").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#Input-StartsOn").FillAsync("2028-05-07");
        await page.Locator("#Input-EndsOn").FillAsync("2028-05-06");
        await page.Locator("main form.fields .btn-primary").ClickAsync();
    }
}
