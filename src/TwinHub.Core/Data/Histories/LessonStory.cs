using System.Text.RegularExpressions;
using TwinHub.Core.Lessons;

namespace TwinHub.Core.Data.Histories;

/// <summary>What was learned, marked in the talk and the reviews of a group, and who at home has heard of it.</summary>
internal static partial class LessonStory
{
    private const int DaysToTell = 60, LongestText = 300;

    public static void Tell(TwinHubDb db, Scene scene, Chronicle told)
    {
        foreach (var one in scene.Story.Lessons!)
        {
            if (Lesson(scene, told, one) is { } lesson)
            {
                told.Lessons.Add(lesson);
                db.Disseminations.AddRange(one.To.Select(to => Dissemination(scene, lesson, to)));
            }
        }
        db.Lessons.AddRange(told.Lessons);
    }

    /// <summary>Null: the group has not held that review.</summary>
    private static Lesson? Lesson(Scene scene, Chronicle told, StoryLesson one)
    {
        if (one.At is { } place)
        {
            var said = scene.Talk[place];
            var marked = one.By is null ? said.Author : scene.By(one.By, said.Body).Person.Id;
            var own = one.Kind == "decision" ? null : said.Organisation;
            return new(scene.Group.Id, one.Kind, one.Text ?? Short(said.Body), new("message", said.Id), own, marked, said.At, scene.Past(said.At.AddHours(1 + (Scene.Number(said.Body) % 40))));
        }
        if (one.Review is not { } reviewed || told.Reviews.GetValueOrDefault(reviewed) is not { ConcludedAt: { } at } review)
        {
            return null;
        }
        var by = scene.By(one.By!, one.Text!);
        return new(scene.Group.Id, one.Kind, one.Text!, new("review", review.Id), one.Kind == "decision" ? null : by.Organisation, by.Person.Id, at, scene.Past(at.AddHours(2)));
    }

    private static Dissemination Dissemination(Scene scene, Lesson lesson, string[] to)
    {
        var (by, day) = (scene.By(to[0], to[1]), scene.Network.Day(lesson.CreatedAt));
        var heard = new Dissemination(lesson.Id, by.Organisation, to[1], day.AddDays(DaysToTell), lesson.PersonId, lesson.CreatedAt);
        var done = day.AddDays(18 + (Scene.Number(to[1]) % 35));
        if (to.Length == 2 && done < scene.Today)
        {
            heard.Done(done, by.Person.Id, "");
        }
        return heard;
    }

    /// <summary>The first paragraph without its marks and links, to the end of a sentence.</summary>
    private static string Short(string body)
    {
        var text = Marks().Replace(body.Split("\n\n")[0], "$1").Replace("*", "", StringComparison.Ordinal).Trim().TrimEnd(':');
        var end = text.Length <= LongestText ? text.Length : text.LastIndexOfAny(['.', '؟', '!', '?'], LongestText) + 1;
        return text[..(end > 0 ? end : LongestText)];
    }

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)|(?:\s*:)?\s*https?://\S+")]
    private static partial Regex Marks();
}
