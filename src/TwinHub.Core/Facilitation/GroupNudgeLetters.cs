using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Core.Text;

namespace TwinHub.Core.Facilitation;

/// <summary>The mail of a nudge: a friendly question in the reader's language, with the facilitator's own sentence as it was written.</summary>
public sealed class GroupNudgeLetters(SignInOptions options, MailOptions mail)
{
    /// <summary>The group's own page for it, which asks to sign in.</summary>
    internal string Page(OwedItem item) => $"{options.BaseUrl}/groups/{item.Group.Group.Slug}/{(item.Subject.About == NudgeSubject.Register ? "register" : "reviews")}";

    /// <param name="url">Where what is owed can be done.</param>
    internal Letter Write(OwedItem item, Person reader, NudgeContext by, string url)
    {
        var words = Texts.Shared.For(reader.Language);
        var isUpdate = item.Subject.About == NudgeSubject.Register;
        var what = $"facilitate.mail.{(isUpdate || item.Label is not null ? item.Subject.About : "final")}";
        return new(reader.Email, reader.Name, reader.Language, "nudge")
        {
            Subject = words.Say($"{what}.subject", ("what", What(item, by, words)), ("group", item.Group.Name(reader.Language))),
            Paragraphs = [words.Isolated($"{what}.opening", ("facilitator", by.Facilitator.Name), ("what", What(item, by, words)), ("date", words.LongDate(item.DueOn)))],
            Facts = [.. Said(by, words), new(words["facilitate.mail.group"], item.Group.Name(reader.Language)), new(words["facilitate.mail.due"], words.LongDate(item.DueOn))],
            Button = new(words[$"facilitate.mail.{item.Subject.About}.button"], url),
            Why = words.Isolated("facilitate.mail.why", ("organisation", item.Partner.Organisation.Names.In(reader.Language)), ("facilitator", by.Facilitator.Name), ("network", by.Network.Names.In(reader.Language))),
            From = new(mail.From, by.Facilitator.Name),
            ReplyTo = new(by.Facilitator.Email, by.Facilitator.Name),
            About = About(item),
            Reason = isUpdate ? MailReason.UpdateOwed(item.Subject.Id) : MailReason.ReviewOwed(item.Subject.Id, item.Partner.Organisation.Id),
        };
    }

    private static IEnumerable<LetterFact> Said(NudgeContext by, Words words) =>
        by.Text.Length == 0 ? [] : [new(words.Say("facilitate.mail.writes", ("name", by.Facilitator.Name)), by.Text)];

    private static string What(OwedItem item, NudgeContext by, Words words) =>
        item.Subject.About == NudgeSubject.Review ? item.Label ?? words["facilitate.final-review"]
        : Quarter.Parse(item.Label, by.Network.YearStartsIn) is { } quarter ? words.QuarterInSentence(quarter) : item.Label!;

    private static Dictionary<string, string> About(OwedItem item)
    {
        var about = new Dictionary<string, string> { ["group"] = item.Group.Group.Slug };
        about[item.Subject.About == NudgeSubject.Register ? "quarter" : "review"] = item.Subject.About == NudgeSubject.Register ? item.Label! : item.Subject.Id.ToString();
        return about;
    }
}
