using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Lessons;
using TwinHub.Tests.Support;

namespace TwinHub.Browser.Support;

/// <summary>What Tripoli and Gaziantep learned and gave each other: told, late and to come; to be confirmed, confirmed and not.</summary>
public sealed record StagedLearning(Guid Message, Guid Lesson, Guid Told)
{
    public static async Task<StagedLearning> Prepare(TestHub hub)
    {
        var (channel, rana, today) = (await hub.ChannelOf(People.TheirGroup), await hub.PersonId(People.Rana), await hub.Today());
        var messages = await hub.Db(db => db.Set<Message>().Where(m => m.ChannelId == channel).OrderByDescending(m => m.Posted).Skip(3).Take(3).Select(m => m.Id).ToListAsync());
        var lessons = new List<Guid>();
        foreach (var (message, kind) in messages.Zip(Core.Lessons.Lesson.Kinds))
        {
            lessons.Add((await hub.Get<LessonService>().Mark(rana, People.TheirGroup, message, kind, CancellationToken.None)).Value);
        }
        var told = await Name(hub, lessons[0], "قسم التخطيط ومكتب رئيس البلدية", today.AddDays(9));
        var late = await Name(hub, lessons[0], "Chamber of trade", today);
        await hub.Db(db => db.Disseminations.Where(d => d.Id == late).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueOn, today.AddDays(-5))));
        await hub.Get<DisseminationService>().Tell(rana, People.TheirGroup, told, today, "At the Monday meeting", CancellationToken.None);
        await Give(hub, today);
        return new(messages[0], lessons[0], late);
    }

    private static async Task<Guid> Name(TestHub hub, Guid lesson, string audience, DateOnly due) =>
        (await hub.Get<DisseminationService>().Name(await hub.PersonId(People.Rana), People.TheirGroup, lesson, new(Guid.NewGuid(), await hub.Side(People.Rana), audience, due), CancellationToken.None)).Value;

    private static async Task Give(TestHub hub, DateOnly today)
    {
        var (tripoli, gaziantep, selin) = (await hub.Side(People.Rana), await hub.Side(People.Selin), await hub.PersonId(People.Selin));
        await hub.Did("Visit to the compost plant", gaziantep, today.AddDays(-12));
        await hub.Did("يومان للتدريب على مسح الأسواق", tripoli, today.AddDays(-30));
        for (var i = 0; i < 11; i++)
        {
            var made = await hub.Get<ContributionService>().Write(selin, People.TheirGroup, new(Guid.NewGuid(), tripoli, gaziantep, $"Method {i + 1}", today.AddDays(-61 * i)), CancellationToken.None);
            if (i == 4)
            {
                await hub.Get<ContributionService>().Settle(selin, People.TheirGroup, new(made.Value), false, CancellationToken.None);
            }
        }
    }
}
