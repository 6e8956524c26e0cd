using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Lessons;
using TwinHub.Core.Reviews;
using TwinHub.Core.Webinars;

namespace TwinHub.Tests.Support;

/// <summary>What a group can learn from, and what its partners gave each other.</summary>
public static class StagedLessons
{
    /// <summary>Says something in a group's discussion.</summary>
    public static async Task<Guid> Say(this TestHub hub, string email, string body, string slug = People.TheirGroup) =>
        (await hub.Get<ChatService>().Post(await hub.PersonId(email), await hub.ChannelOf(slug), new(Guid.NewGuid(), body), Xunit.TestContext.Current.CancellationToken)).Value.MessageId;

    /// <summary>A message of the group, marked as a lesson by one of its members.</summary>
    public static async Task<Guid> Lesson(this TestHub hub, string email = People.Rana, string slug = People.TheirGroup, string kind = "lesson") =>
        (await hub.Get<LessonService>().Mark(await hub.PersonId(email), slug, await hub.Say(email, $"Said {Guid.NewGuid():N}", slug), kind, Xunit.TestContext.Current.CancellationToken)).Value;

    /// <summary>The organisation a member answers for in a group.</summary>
    public static async Task<Guid> Side(this TestHub hub, string email, string slug = People.TheirGroup)
    {
        var (group, person) = (await hub.GroupId(slug), await hub.PersonId(email));
        return await hub.Db(db => db.Memberships.Where(m => m.GroupId == group && m.PersonId == person).Select(m => m.OrganisationId).SingleAsync());
    }

    /// <summary>Today as the network counts it.</summary>
    public static Task<DateOnly> Today(this TestHub hub, string network = "hmln") => hub.Db(async db => (await db.Networks.SingleAsync(n => n.Slug == network)).Day(hub.Now()));

    /// <summary>An activity that a partner led; null: all together.</summary>
    public static async Task<Guid> Did(this TestHub hub, string title, Guid? leader, DateOnly day, string state = Activity.Done, string slug = People.TheirGroup)
    {
        var (group, rana) = (await hub.GroupId(slug), await hub.PersonId(People.Rana));
        return await hub.Change(db =>
        {
            var activity = new Activity(group, new(title, "visit", day, day, leader, null, null, null), rana, hub.Now());
            activity.Become(state, day, hub.Now());
            db.Activities.Add(activity);
            return Task.FromResult(activity.Id);
        });
    }

    /// <summary>A review around a milestone, due on a day counted from today.</summary>
    public static async Task<Guid> Review(this TestHub hub, int dueInDays, string conclusion = "", string slug = People.TheirGroup)
    {
        var (group, rana, today) = (await hub.GroupId(slug), await hub.PersonId(People.Rana), await hub.Today());
        return await hub.Change(db =>
        {
            var milestone = new Milestone(group, new("Survey done", "", today.AddDays(dueInDays)), rana, hub.Now());
            var review = new MilestoneReview(group, milestone.Id, today.AddDays(dueInDays - 14), today.AddDays(dueInDays), hub.Now());
            if (conclusion.Length > 0)
            {
                review.Conclude(conclusion, rana, hub.Now());
            }
            db.Milestones.Add(milestone);
            db.MilestoneReviews.Add(review);
            return Task.FromResult(review.Id);
        });
    }

    /// <summary>A webinar to which groups were asked.</summary>
    public static async Task<Guid> Webinar(this TestHub hub, DateTimeOffset starts, string organiser, params string[] slugs)
    {
        var webinar = await hub.Stage("Reading a market in a week", starts, new(organiser));
        foreach (var slug in slugs)
        {
            var group = await hub.GroupId(slug);
            await hub.Change(async db =>
            {
                var taken = await db.Invitations.Where(i => i.WebinarId == webinar).Select(i => i.PersonId).ToListAsync();
                var member = await db.Memberships.Where(m => m.GroupId == group && !taken.Contains(m.PersonId)).OrderBy(m => m.PersonId).Select(m => m.PersonId).FirstAsync();
                return db.Invitations.Add(new Invitation(webinar, member, group, null, 0, hub.Now()));
            });
        }
        return webinar;
    }
}
