using Microsoft.AspNetCore.Html;
using TwinHub.Core.Groups;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Those invited through one group, or by name from one place.</summary>
/// <param name="Group">Null: not through a group.</param>
/// <param name="Name">Heading of what is no group.</param>
public sealed record AnswerRow(GroupView? Group, string Name, IReadOnlyList<InvitationView> People)
{
    /// <summary>How many come.</summary>
    public int Accepted => People.Count(one => one.Invitation.Response == Invitation.Accepted);
}

/// <summary>Answers and mails in chips: the word says what the colour says.</summary>
public static class AnswerWords
{
    public static string Chip(string response) => response switch { Invitation.Accepted => "in", Invitation.Tentative or Invitation.Waiting => "open", Invitation.None => "none", _ => "" };

    /// <summary>A mail that came back or did not go needs a look; one that went says nothing more.</summary>
    public static bool IsTrouble(string? mail) => mail is "bounced" or "failed" or "missed";

    /// <summary>What a line of the log says; an outcome without a sentence stands as it is.</summary>
    public static IHtmlContent Log(InvitationLogView line, Words words) =>
        Texts.Shared.All.ContainsKey("webinar.log." + line.Entry.Outcome) ? words.Html("webinar.log." + line.Entry.Outcome, ("name", line.Name ?? "–")) : new HtmlContentBuilder().Append(line.Entry.Outcome);
}
