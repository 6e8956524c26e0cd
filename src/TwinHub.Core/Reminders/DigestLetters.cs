using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Core.Text;

namespace TwinHub.Core.Reminders;

/// <summary>Writes the facilitator's daily list: a fact a group, and the board behind the button.</summary>
public sealed class DigestLetters(SignInOptions options, HubClock clock)
{
    internal async Task<Letter> Write(TwinHubDb db, DigestReader reader, IReadOnlyList<Owed> late, CancellationToken cancel)
    {
        var words = Texts.Shared.For(reader.Person.Language);
        var ids = late.Select(one => one.GroupId).Distinct().ToList();
        var groups = (await GroupService.Views(db, await db.Groups.Where(g => ids.Contains(g.Id)).OrderBy(g => g.Slug).AsNoTracking().ToListAsync(cancel), cancel)).ToDictionary(view => view.Group.Id);
        return new(reader.Person.Email, reader.Person.Name, reader.Person.Language, "digest")
        {
            Subject = words.Count("digest.subject", ids.Count, ("network", reader.Network.Tag)),
            Paragraphs = [words.IsolatedCount("digest.opening", ids.Count, ("network", reader.Network.Names.In(words.Language)))],
            Facts = [.. late.GroupBy(one => one.GroupId).OrderBy(items => groups[items.Key].Group.Slug).Select(items => new LetterFact(groups[items.Key].Name(words.Language), string.Join('\n', Items(items, groups[items.Key], words))))],
            Button = new(words["digest.button"], $"{options.BaseUrl}/facilitate?network={reader.Network.Slug}"),
            Why = words.Isolated("digest.why", ("network", reader.Network.Names.In(words.Language))),
            About = new Dictionary<string, string> { ["network"] = reader.Network.Slug },
        };
    }

    private IEnumerable<string> Items(IEnumerable<Owed> items, GroupView group, Words words) =>
        items.GroupBy(one => one.SubjectId).Select(one => words.IsolatedCount("digest.item", one.First().Network.Day(clock.GetUtcNow()).DayNumber - one.First().DueOn.DayNumber,
            ("what", What(one.First(), words)), ("who", string.Join(words["list.comma"] + " ", one.Select(owed => Who(owed, group, words))))));

    private static string What(Owed owed, Words words) => Quarter.Parse(owed.Topic, owed.Network.YearStartsIn) is { } quarter ? words.Say("digest.register", ("quarter", words.QuarterHead(quarter)))
        : owed.Topic.Length == 0 ? words["digest.final-review"] : words.Say("digest.review", ("title", owed.Topic));

    private static string Who(Owed owed, GroupView group, Words words) => words.Say("digest.who",
        ("city", group.Partners.FirstOrDefault(partner => partner.Organisation.Id == owed.OrganisationId)?.Organisation.ShortName(words.Language) ?? ""), ("name", owed.Person?.Name ?? words["digest.nobody"]));
}
