using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register;

/// <summary>Writes the mails of the register: what is due and why, what is in the draft, one button, who else got it.</summary>
public sealed class RegisterLetters(RegisterLinks links, Unsubscriptions unsubscriptions, SignInOptions options, HubClock clock)
{
    private const int MostLines = 12;

    /// <summary>A step of the ladder, with the link that files in one step.</summary>
    internal async Task<Letter> Reminder(TwinHubDb db, Owed owed, string step, CancellationToken cancel)
    {
        var (person, words) = (owed.Person!, Texts.Shared.For(owed.Person!.Language));
        var group = await db.Groups.AsNoTracking().SingleAsync(g => g.Id == owed.GroupId, cancel);
        var view = (await GroupService.Views(db, [group], cancel))[0];
        var update = await db.QuarterlyUpdates.AsNoTracking().SingleAsync(u => u.Id == owed.SubjectId, cancel);
        var link = links.Link(db, person.Id, update.Id);
        return Letter(view, update, person, "register-reminder", step) with
        {
            Subject = Say(words, $"register-mail.{Stage(step)}.subject", view, update),
            Paragraphs = [.. await Paragraphs(db, view, update, owed, step, cancel)],
            Facts = [new(words["register-mail.draft"], await Lines(db, view, update, words, cancel))],
            Button = new(words["register-mail.button"], link),
            Links = [new(words["register-mail.nothing"], link)],
            Why = words.Isolated("register-mail.why", ("organisation", view.Partners.First(p => p.Organisation.Id == owed.OrganisationId).Organisation.Names.In(words.Language)), ("network", view.Network.Names.In(words.Language))),
            Unsubscribe = new(words["register-mail.stop"], unsubscriptions.Link(db, person.Id, Unsubscriptions.RegisterReminders)),
            Reason = MailReason.Register(update.Id),
        };
    }

    /// <summary>An update is in.</summary>
    internal Letter Submitted(GroupView view, QuarterlyUpdate update, Person person, Person by)
    {
        var words = Texts.Shared.For(person.Language);
        return Letter(view, update, person, "other", "submitted") with
        {
            Subject = Say(words, "register-mail.submitted.subject", view, update),
            Paragraphs =
            [
                words.Isolated(person.Id == by.Id ? "register-mail.submitted.thanks" : "register-mail.submitted.by", ("quarter", words.QuarterInSentence(update.Period)), ("name", by.Name)),
                words.Isolated("register-mail.submitted.undo", ("days", words.Number(RegisterService.UndoDays))),
            ],
            Button = new(words["register-mail.submitted.button"], Page(view, update)),
            Why = words.Isolated("register-mail.submitted.why", ("group", view.Name(words.Language))),
            Reason = MailReason.RegisterIn(update.Id),
        };
    }

    /// <summary>Which words a step has: opening, before the due day, soon after it, or when it has long passed.</summary>
    private static string Stage(string step) => step == ChaseSteps.Opening ? "open" : ChaseSteps.IsBefore(step) ? "before" : ChaseSteps.Order(step) < 7 ? "after" : "late";

    private async Task<IEnumerable<string>> Paragraphs(TwinHubDb db, GroupView view, QuarterlyUpdate update, Owed owed, string step, CancellationToken cancel)
    {
        var words = Texts.Shared.For(owed.Person!.Language);
        var days = update.DueOn.DayNumber - ChaseCalendar.Local(clock.GetUtcNow(), owed.Person).Day.DayNumber;
        (string, object?)[] values = [("quarter", words.QuarterInSentence(update.Period)), ("date", words.LongDate(update.DueOn)), ("facilitator", await Facilitator(db, view.Network, cancel))];
        var opening = Stage(step) == "before" ? days > 0 ? words.IsolatedCount("register-mail.before.opening", days, values) : words.Isolated("register-mail.before.today", values) : words.Isolated($"register-mail.{Stage(step)}.opening", values);
        var others = (await Correspondents.OfRegister(db, [view.Group.Id], cancel))[view.Group.Id].Where(one => one.Person is not null && one.Person.Id != owed.Person.Id).ToList();
        return others.Count == 0 ? [opening] : [opening, words.Isolated("register-mail.also", ("names", string.Join(words["list.comma"] + " ", others.Select(one => one.Person!.Name))))];
    }

    private static async Task<string> Facilitator(TwinHubDb db, Network network, CancellationToken cancel) =>
        await db.NetworkRoles.Where(r => r.NetworkId == network.Id && r.Role == "facilitator").Join(db.People.Where(p => p.DisabledAt == null), r => r.PersonId, p => p.Id, (r, p) => p.Name).OrderBy(name => name).FirstOrDefaultAsync(cancel) ?? network.Tag;

    private static async Task<string> Lines(TwinHubDb db, GroupView view, QuarterlyUpdate update, Words words, CancellationToken cancel)
    {
        var template = NetworkTemplate.Of(view.Network.Template);
        var lines = (await DraftReader.Lines(db, update, view.Network, cancel)).Where(line => line.Included).Select(line => "• " + Short(line.TellIsolated(words, template))).ToList();
        return lines.Count == 0 ? words["register-mail.no-lines"]
            : string.Join('\n', lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), words.Count("register-mail.more-lines", lines.Count - MostLines)]);
    }

    private static string Short(string line)
    {
        var one = line.ReplaceLineEndings(" ");
        return one.Length <= 160 ? one : string.Concat(one.EnumerateRunes().Take(158).Select(rune => rune.ToString())) + "…";
    }

    private Letter Letter(GroupView view, QuarterlyUpdate update, Person person, string kind, string step) => new(person.Email, person.Name, person.Language, kind)
    {
        Subject = "", Paragraphs = [], Why = "",
        About = new Dictionary<string, string> { ["group"] = view.Group.Slug, ["quarter"] = update.Quarter, ["step"] = step },
    };

    private static string Say(Words words, string key, GroupView view, QuarterlyUpdate update) => words.Say(key,
        ("quarter", words.QuarterHead(update.Period)), ("date", words.ShortDate(update.DueOn)), ("group", view.Name(words.Language)));

    private string Page(GroupView view, QuarterlyUpdate update) => $"{options.BaseUrl}/groups/{view.Group.Slug}/register/{update.Quarter}";
}
