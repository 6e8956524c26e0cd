using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Facilitation;

/// <summary>A message of a facilitator to many.</summary>
/// <param name="Id">Made with the form: what its mails share, so that a second press sends none.</param>
/// <param name="Groups">By slug; all of one network.</param>
/// <param name="All">Everybody of these groups; false: the leads, and where a partner has none who stands for them.</param>
/// <param name="Subject">1 to 120 characters.</param>
/// <param name="Text">1 to 4,000 characters.</param>
public sealed record GroupMessage(Guid Id, IReadOnlyList<string> Groups, bool All, string? Subject, string? Text);

/// <param name="Groups">Those it goes to.</param>
/// <param name="Letter">As the first of those who get it will see it; null: there is nobody, or no words yet.</param>
public sealed record GroupMessageDraft(IReadOnlyList<GroupView> Groups, IReadOnlyList<Person> People, Letter? Letter);

/// <summary>Writes to the leads or all people of chosen groups: one mail a person, in the words of the facilitator.</summary>
public sealed class GroupMessageService(IDbContextFactory<TwinHubDb> dbs, Outbox outbox, MailOptions mail, HubClock clock)
{
    private const int MaxText = 4_000;

    /// <summary>Who would get it, and how. Without words it is not refused: the form begins so.</summary>
    public async Task<Outcome<GroupMessageDraft>> Preview(Guid actor, GroupMessage message, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await Recipients(db, actor, message, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var (people, words, from) = (found.Value.People, Clean(message), await db.People.AsNoTracking().SingleAsync(p => p.Id == actor, cancel));
        return new GroupMessageDraft(found.Value.Groups, [.. people.Keys], words.Refusal is null && people.Count > 0 ? Write(people.Keys.First(), found.Value.Groups[0], from, words.Value) : null);
    }

    /// <summary>What is wrong with the words of a message; null: nothing.</summary>
    public static Refusal? Fault(GroupMessage message) => Clean(message).Refusal;

    /// <returns>How many got it; the same number when it had gone before.</returns>
    public async Task<Outcome<int>> Send(Guid actor, GroupMessage message, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('nudges'))", cancel);
        var (found, words) = (await Recipients(db, actor, message, cancel), Clean(message));
        if ((found.Refusal ?? words.Refusal) is { } refusal)
        {
            return refusal;
        }
        var sent = await db.Nudges.CountAsync(n => n.SubjectId == message.Id && n.SentBy == actor, cancel);
        if (sent > 0)
        {
            return sent;
        }
        if (found.Value.People.Count == 0)
        {
            return Refusal.Invalid("groups", "facilitate.message.nobody");
        }
        var from = await db.People.AsNoTracking().SingleAsync(p => p.Id == actor, cancel);
        var people = found.Value.People;
        var mails = await outbox.QueueAll(db, people.Select(one => Write(one.Key, found.Value.Groups.Single(view => view.Group.Id == one.Value), from, words.Value)), cancel);
        db.Nudges.AddRange(people.Select((one, i) => new Nudge(found.Value.Groups[0].Network.Id, one.Value, one.Key.Id, actor, new(NudgeSubject.Message, message.Id), $"{words.Value.Subject}\n{words.Value.Text}", mails[i], clock.GetUtcNow())));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return people.Count;
    }

    /// <summary>Each person once, with the first group in which they get it.</summary>
    private static async Task<Outcome<(List<GroupView> Groups, Dictionary<Person, Guid> People)>> Recipients(TwinHubDb db, Guid actor, GroupMessage message, CancellationToken cancel)
    {
        var found = await FacilitatedGroups.Find(db, actor, message.Groups, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        if (found.Value.Any(group => group.NetworkId != found.Value[0].NetworkId))
        {
            return Refusal.Invalid("groups", "facilitate.one-network");
        }
        var views = await GroupService.Views(db, found.Value, cancel);
        var members = await Answerable.Read(db, [.. found.Value.Select(group => group.Id)], cancel);
        var asked = message.All ? members.Everybody.OrderBy(one => one.Person.Name, StringComparer.Ordinal).Select(one => (one.Person, one.Membership.GroupId))
            : views.SelectMany(view => view.Partners.SelectMany(partner => members.All(view.Group.Id, partner.Organisation.Id, Answerable.ForSilence)), (view, person) => (Person: person, GroupId: view.Group.Id));
        return (views, asked.DistinctBy(one => one.Person.Id).ToDictionary(one => one.Person, one => one.GroupId));
    }

    private static Outcome<(string Subject, string Text)> Clean(GroupMessage message)
    {
        if (Names.Clean(message.Subject) is not { } subject)
        {
            return Refusal.Invalid("subject", "facilitate.message.subject-needed");
        }
        // What is written down is subject and text together.
        var text = LongText.Clean(message.Text, MaxText - subject.Length - 1, "text");
        return text.Refusal is { } refusal ? refusal : text.Value.Length == 0 ? Refusal.Invalid("text", "facilitate.message.text-needed") : (subject, text.Value);
    }

    private Letter Write(Person reader, GroupView group, Person from, (string Subject, string Text) said)
    {
        var words = Texts.Shared.For(reader.Language);
        return new(reader.Email, reader.Name, reader.Language, "other")
        {
            Subject = said.Subject,
            Paragraphs = [words.Isolated("facilitate.mail.message.opening", ("facilitator", from.Name), ("network", group.Network.Names.In(reader.Language)))],
            Facts = [new(words["facilitate.mail.message"], said.Text), new(words["facilitate.mail.answer-to"], $"{from.Name} · {from.Email}")],
            Why = words.Isolated("facilitate.mail.message.why", ("group", group.Name(reader.Language)), ("facilitator", from.Name)),
            From = new(mail.From, from.Name),
            ReplyTo = new(from.Email, from.Name),
            About = new Dictionary<string, string> { ["group"] = group.Group.Slug },
        };
    }
}
