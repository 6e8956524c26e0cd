using System.Text.RegularExpressions;
using TwinHub.Core.Mail;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>The mail after a webinar: thanks or "we missed you", the minutes, where to watch and read, and three questions.</summary>
public sealed partial class FollowUpLetters(RsvpAddresses addresses, SignInOptions options)
{
    /// <summary>UTF-16 units of the minutes that a mail carries; the rest stands on the page.</summary>
    public const int MostOfMinutes = 4_000;

    internal Letter Write(WebinarMail mail, IReadOnlyList<WebinarMaterial> materials, bool wasThere, string surveyUrl)
    {
        var page = $"{options.BaseUrl}/webinars/{mail.Webinar.Id}";
        var text = new WebinarText(mail, page);
        return new Letter(mail.Invitee.Email, text.Name, mail.Invitee.Language, "follow-up")
        {
            Subject = text.Subject("follow-up.subject"),
            Paragraphs = [text.Sentence(wasThere ? "follow-up.there" : "follow-up.missed"), text.Sentence("follow-up.survey")],
            Facts = [.. Minutes(mail, text), .. Recording(mail, text), .. materials.Select(one => new LetterFact(text.Written(one.Title), one.Url ?? $"{options.BaseUrl}/documents/{one.DocumentId}", IsLink: true)), .. Page(mail, text, page)],
            Button = new(text.Words["follow-up.button"], surveyUrl),
            Why = text.Sentence("webinar-mail.why"),
            From = addresses.Sender(mail.Invitation, mail.Organiser),
            References = mail.References,
            About = new Dictionary<string, string> { ["webinarId"] = mail.Webinar.Id.ToString() },
            Reason = MailReason.StillInvited(mail.Invitation.Id),
        };
    }

    private static IEnumerable<LetterFact> Minutes(WebinarMail mail, WebinarText text)
    {
        if (mail.Webinar.Minutes.Length == 0)
        {
            yield break;
        }
        var plain = text.Written(Plain(mail.Webinar.Minutes));
        yield return new(text.Words["after.minutes"], LongText.Beginning(plain, MostOfMinutes));
        if (plain.Length > MostOfMinutes)
        {
            // A guest has no page of the hub: the button leads to all of it.
            yield return new(text.Words["follow-up.rest"], text.Words[mail.Invitee.Guest ? "follow-up.rest-guest" : "follow-up.rest-page"]);
        }
    }

    private static IEnumerable<LetterFact> Recording(WebinarMail mail, WebinarText text) =>
        mail.Webinar.RecordingUrl is { } url ? [new(text.Words["after.recording"], url, IsLink: true)] : [];

    private static IEnumerable<LetterFact> Page(WebinarMail mail, WebinarText text, string page) =>
        mail.Invitee.Guest ? [] : [new(text.Words["follow-up.page"], page, IsLink: true)];

    /// <summary>Markdown as a person would type it in a mail: without the signs of headings and stress.</summary>
    private static string Plain(string markdown) => Stress().Replace(Heading().Replace(markdown, ""), "");

    [GeneratedRegex(@"^#{1,6} +", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\*\*", RegexOptions.NonBacktracking)]
    private static partial Regex Stress();
}
