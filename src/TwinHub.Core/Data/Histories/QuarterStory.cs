using TwinHub.Core.People;
using TwinHub.Core.Register;

namespace TwinHub.Core.Data.Histories;

/// <summary>The quarterly updates of a group: in time, late, with nothing to report, missed, or left to the hub to open.</summary>
internal static class QuarterStory
{
    private const int MostQuarters = 8;

    public static List<QuarterlyUpdate> Tell(TwinHubDb db, Scene scene, Chronicle told)
    {
        var updates = Quarters(scene).Select((quarter, age) => (quarter, Letter: Letter(scene, quarter, age))).Where(one => one.Letter != '-').Reverse()
            .Select(one => Update(db, scene, told, one.quarter, one.Letter)).ToList();
        db.QuarterlyUpdates.AddRange(updates);
        return updates;
    }

    /// <summary>The quarters that are over and of which the group saw at least a day and the end, the newest first.</summary>
    private static IEnumerable<Quarter> Quarters(Scene scene)
    {
        var quarter = Quarter.EndedBefore(scene.Today, scene.Network.YearStartsIn);
        for (var age = 0; age < MostQuarters && quarter.EndsOn >= scene.StartsOn; age++, quarter = quarter.Previous)
        {
            if (!scene.Group.IsClosed || quarter.OpensOn <= scene.Group.EndsOn)
            {
                yield return quarter;
            }
        }
    }

    private static char Letter(Scene scene, Quarter quarter, int age)
    {
        var letter = scene.Story.Quarters[Math.Min(age, scene.Story.Quarters.Length - 1)];
        var isOver = scene.Today >= quarter.DueOn.AddDays(scene.Network.MissedAfter);
        return letter switch { '?' => isOver ? 'l' : '-', '!' => isOver ? 'x' : '-', _ => letter };
    }

    private static QuarterlyUpdate Update(TwinHubDb db, Scene scene, Chronicle told, Quarter quarter, char letter)
    {
        var opened = scene.Past(scene.Network.Midnight(quarter.OpensOn).AddMinutes(2));
        var update = new QuarterlyUpdate(scene.Group.Id, quarter, opened);
        db.UpdateLog.Add(new(update.Id, opened, null, "opened", null));
        if (letter == 'x')
        {
            return update;
        }
        var said = told.Said(quarter.StartsOn, quarter.EndsOn);
        var by = Submitter(scene, quarter, said);
        var at = When(scene, quarter, by, opened, letter);
        if (letter != 'n')
        {
            Write(db, scene, told, quarter, update, (by, at), said);
        }
        var via = letter is 'm' or 'n' ? "mail" : "page";
        update.Submit(by.Id, via, letter == 'n', at);
        db.UpdateLog.Add(new(update.Id, at, by.Id, "submitted", via));
        return update;
    }

    private static void Write(TwinHubDb db, Scene scene, Chronicle told, Quarter quarter, QuarterlyUpdate update, (Person Person, DateTimeOffset At) by, List<Dictionary<string, string>> said)
    {
        var summary = string.Join('\n', said.Select(one => one.GetValueOrDefault(by.Person.Language) ?? (one.Count == 1 ? one.GetValueOrDefault("en") : null)).OfType<string>());
        update.Write(new(summary, "", "", string.Join('\n', scene.Correspondents.Where(one => one.Person is not null).Select(one => $"{one.Person!.Name}, {one.Person.Email}"))), by.At);
        foreach (var (line, place) in told.Lines(quarter.StartsOn, quarter.EndsOn).Select((line, place) => (line, place)))
        {
            var item = new UpdateItem(update.Id, line.Kind, line.SourceId, line.Facts.ToJson());
            item.Put(place, line.Facts.ToJson());
            db.UpdateItems.Add(item);
        }
    }

    /// <summary>The correspondent in whose language most is said; among equals they take turns.</summary>
    private static Person Submitter(Scene scene, Quarter quarter, List<Dictionary<string, string>> said) =>
        scene.Correspondents.Select(one => one.Person).OfType<Person>().OrderByDescending(person => said.Count(one => one.ContainsKey(person.Language)))
            .ThenBy(person => Scene.Number(quarter.Label + person.Email)).First();

    /// <summary>Some weeks after the opening, or after the due day; what would lie ahead happened on the way to now.</summary>
    private static DateTimeOffset When(Scene scene, Quarter quarter, Person by, DateTimeOffset opened, char letter)
    {
        var number = Scene.Number(scene.Group.Slug + quarter.Label);
        var day = letter == 'l' ? quarter.DueOn.AddDays(2 + (number % 15)) : quarter.OpensOn.AddDays(3 + (number % 24));
        var at = scene.At(day, by, quarter.Label);
        return day < scene.Today ? at : opened + ((scene.Now - opened) * ((10 + (number % 80)) / 100.0));
    }
}
