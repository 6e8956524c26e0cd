using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Register;

namespace TwinHub.Tests.Support;

/// <summary>Register entries of the demo's groups as rows, with quarters of days long past.</summary>
public static class StagedEntries
{
    /// <summary>A quarter of a group, submitted by somebody or (null) left a draft.</summary>
    public static Task<Guid> Quarter(this TestHub hub, string slug, string label, string? by, UpdateTexts texts, params (string Kind, string Text)[] lines) => hub.Change(async db =>
    {
        var group = await db.Groups.SingleAsync(g => g.Slug == slug);
        var update = new QuarterlyUpdate(group.Id, TwinHub.Core.Register.Quarter.Parse(label, 1)!.Value, hub.Now());
        update.Write(texts, hub.Now());
        if (by is not null)
        {
            update.Submit(await hub.PersonId(by), "page", lines.Length == 0 && texts.Summary.Length == 0, new DateTimeOffset(update.OpensOn.AddDays(12), new(9, 0), TimeSpan.Zero));
        }
        db.QuarterlyUpdates.Add(update);
        foreach (var ((kind, text), place) in lines.Select((line, place) => (line, place)))
        {
            var item = new UpdateItem(update.Id, kind, Guid.CreateVersion7(), "{}");
            item.Put(place, "{}");
            item.Change(text, true, await hub.PersonId(People.Rana));
            db.UpdateItems.Add(item);
        }
        return update.Id;
    });

    /// <summary>What a group says of itself, something it did, and what it learned.</summary>
    public static Task<Guid> Entry(this TestHub hub, string slug, string arrangement, string activity, string practice, string lesson) => hub.Change(async db =>
    {
        var (group, rana, now) = (await db.Groups.SingleAsync(g => g.Slug == slug), await hub.PersonId(People.Rana), hub.Now());
        db.RegisterTexts.Add(new(group.Id, "arrangement", arrangement, rana, now));
        var done = new Activity(group.Id, new(activity, "visit", new(2026, 5, 12), new(2026, 5, 14), null, null, null, null), rana, now);
        done.Become(Activity.Done, new(2026, 5, 14), now);
        db.Activities.Add(done);
        db.Lessons.AddRange(new(group.Id, "practice", practice, null, null, rana, now.AddDays(-40), now), new(group.Id, "lesson", lesson, null, null, rana, now.AddDays(-30), now));
        return group.Id;
    });
}
