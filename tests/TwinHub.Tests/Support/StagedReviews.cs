using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Reviews;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Reviews as rows, with days counted from today in the network's zone, and what partners answer in them.</summary>
public static class StagedReviews
{
    /// <summary>The day it is in the demo's network of municipalities, so many days from now.</summary>
    public static DateOnly Day(this TestHub hub, int days = 0) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(hub.Now(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime).AddDays(days);

    public static Task<Guid> GroupId(this TestHub hub, string slug) => hub.Db(db => db.Groups.Where(g => g.Slug == slug).Select(g => g.Id).SingleAsync());

    public static async Task<Guid> Objective(this TestHub hub, string text, string group = People.TheirGroup)
    {
        var (id, person) = (await hub.GroupId(group), await hub.PersonId(People.Claire));
        return await hub.Change(db => Task.FromResult(db.Objectives.Add(new Objective(id, new(text, "", "", "", null), person, hub.Now())).Entity.Id));
    }

    /// <summary>A milestone and its review.</summary>
    public static async Task<Guid> Review(this TestHub hub, string title, int opens = -5, int due = 10, string group = People.TheirGroup)
    {
        var (id, person) = (await hub.GroupId(group), await hub.PersonId(People.Claire));
        var milestone = await hub.Change(db => Task.FromResult(db.Milestones.Add(new Milestone(id, new(title, "", hub.Day(due)), person, hub.Now())).Entity.Id));
        return await hub.Change(db => Task.FromResult(db.MilestoneReviews.Add(new MilestoneReview(id, milestone, hub.Day(opens), hub.Day(due), hub.Now())).Entity.Id));
    }

    /// <summary>Moves the days of a review behind everybody's back, as if time had passed.</summary>
    public static Task Days(this TestHub hub, Guid review, int opens, int due) =>
        hub.Db(db => db.Database.ExecuteSqlAsync($"update milestone_reviews set opens_on = {hub.Day(opens)}, due_on = {hub.Day(due)} where id = {review}"));

    /// <summary>The same rating for every objective the review's group has.</summary>
    public static async Task<AnswerInput> Input(this TestHub hub, Guid review, string well, string strengthen = "Earlier minutes", int rating = 2, int version = 0)
    {
        var objectives = await hub.Db(db => db.Objectives.Where(o => o.RemovedAt == null && db.MilestoneReviews.Any(r => r.Id == review && r.GroupId == o.GroupId)).Select(o => o.Id).ToListAsync());
        return new(well, strengthen, objectives.ToDictionary(id => id, _ => rating), version);
    }

    public static async Task<Outcome<Guid>> Answer(this TestHub hub, string email, Guid review, string well, int version = 0) =>
        await hub.Get<ReviewService>().Answer(await hub.PersonId(email), review, await hub.Input(review, well, version: version), TestContext.Current.CancellationToken);

    public static async Task<ReviewView> Seen(this TestHub hub, string email, Guid review) =>
        (await hub.Get<ReviewReader>().Find(await hub.PersonId(email), review, TestContext.Current.CancellationToken)).Value;
}
