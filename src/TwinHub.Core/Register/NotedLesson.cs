using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register;

/// <summary>A good practice or a lesson of a group: marked where it was said, or written in a submitted update.</summary>
/// <param name="Kind"><c>practice</c> or <c>lesson</c>.</param>
/// <param name="On">The day it was said in the network's zone; of an update the last day of its quarter.</param>
/// <param name="Quarter">Of an update the quarter it tells of.</param>
/// <param name="Told">Who at home has heard of it.</param>
public sealed record NotedLesson(Guid GroupId, string Kind, string Text, DateOnly On, Quarter? Quarter, IReadOnlyList<ToldLesson> Told)
{
    public const string Practice = "practice", Lesson = "lesson";

    public static readonly IReadOnlyList<string> Kinds = [Practice, Lesson];

    /// <summary>Those of some groups, the newest first; three queries for any number.</summary>
    internal static async Task<List<NotedLesson>> Of(TwinHubDb db, Network network, IReadOnlyCollection<Guid> groups, CancellationToken cancel)
    {
        var lessons = db.Lessons.Where(l => groups.Contains(l.GroupId) && l.RemovedAt == null && (l.Kind == Practice || l.Kind == Lesson));
        var told = await ToldLesson.Of(db, lessons.Select(l => l.Id), cancel);
        var marked = await lessons.Select(l => new { l.Id, l.GroupId, l.Kind, l.Text, l.HappenedAt }).ToListAsync(cancel);
        var updates = await db.QuarterlyUpdates.Where(u => groups.Contains(u.GroupId) && u.SubmittedAt != null && (u.BestPractices != "" || u.LessonsLearned != ""))
            .Select(u => new { u.GroupId, u.Quarter, u.StartsOn, u.BestPractices, u.LessonsLearned }).ToListAsync(cancel);
        return [.. marked.Select(l => new NotedLesson(l.GroupId, l.Kind, l.Text, network.Day(l.HappenedAt), null, [.. told[l.Id]]))
            .Concat(from u in updates
                    from part in new[] { (Kind: Practice, Text: u.BestPractices), (Kind: Lesson, Text: u.LessonsLearned) }
                    where part.Text.Length > 0
                    let quarter = Register.Quarter.Stored(u.Quarter, u.StartsOn)
                    select new NotedLesson(u.GroupId, part.Kind, part.Text, quarter.EndsOn, quarter, []))
            .OrderByDescending(one => one.On)];
    }
}

/// <summary>Somebody at home who has heard of a lesson, as written, and the day.</summary>
public sealed record ToldLesson(string Audience, DateOnly On)
{
    internal static async Task<ILookup<Guid, ToldLesson>> Of(TwinHubDb db, IQueryable<Guid> lessons, CancellationToken cancel) =>
        (await db.Disseminations.Where(d => lessons.Contains(d.LessonId) && d.DoneOn != null).OrderBy(d => d.DoneOn)
            .Select(d => new { d.LessonId, d.Audience, On = d.DoneOn!.Value }).ToListAsync(cancel)).ToLookup(d => d.LessonId, d => new ToldLesson(d.Audience, d.On));
}
