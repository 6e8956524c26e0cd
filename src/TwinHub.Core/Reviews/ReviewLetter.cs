using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.Reminders;
using TwinHub.Core.Text;

namespace TwinHub.Core.Reviews;

/// <summary>The mail that reminds of an answer. It tells what is owed by when, and nothing that anybody has said.</summary>
internal sealed class ReviewLetter(Words words, Owed owed, GroupView group, string baseUrl)
{
    /// <param name="partner">The organisation answered for.</param>
    /// <param name="today">The day in the network's zone.</param>
    public Letter Write(string step, string partner, DateOnly today)
    {
        var (slug, review, left) = (group.Group.Slug, owed.SubjectId, owed.DueOn.DayNumber - today.DayNumber);
        var phase = step == ChaseSteps.Opening ? "open" : left < 0 ? "after" : "before";
        return new(owed.Person!.Email, owed.Person.Name, words.Language, "review-reminder")
        {
            Subject = words.Say($"review-mail.{phase}.subject", ("review", Name)),
            Paragraphs = [Opening(phase, left), words[left < 0 ? "review-mail.opened" : "review-mail.sealed"]],
            Facts = [new(words["review-mail.group"], group.Name(words.Language)), new(words["review-mail.for"], partner), new(words["review-mail.due"], words.LongDate(owed.DueOn))],
            Button = new(words["review-mail.button"], $"{baseUrl}/groups/{slug}/reviews/{review}"),
            Why = words.Isolated("review-mail.why", ("partner", partner), ("group", group.Name(words.Language))),
            About = new Dictionary<string, string> { ["group"] = slug, ["review"] = review.ToString(), ["step"] = step },
            Reason = MailReason.Review(review, owed.OrganisationId),
        };
    }

    private string Opening(string phase, int left) => phase == "before" && left > 0
        ? words.IsolatedCount("review-mail.left", left, ("review", Name), ("date", words.LongDate(owed.DueOn)))
        : words.Isolated(phase == "before" ? "review-mail.today" : $"review-mail.{phase}", ("review", Name), ("date", words.LongDate(owed.DueOn)));

    private string Name => owed.Topic.Length > 0 ? owed.Topic : words["review.final"];
}
