using TwinHub.Core.Register;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Groups.Register;

/// <summary>A quarterly update in words.</summary>
public static class UpdateWords
{
    /// <summary>The chip's look for a state of an update, on the board and in the register too; the word says the same. Null: there is none.</summary>
    public static string Chip(string? state) => state switch { "submitted" => "in", "late" => "late", "missed" => "missed", "open" => "open", _ => "none" };

    /// <summary>"Submitted", "Nothing to report", "Submitted after the due day".</summary>
    public static string State(UpdateView view, DateOnly submittedOn, Words words) => !view.IsIn ? words["register.state." + view.State]
        : view.Update.NoChange ? words["register.state.no-change"]
        : words[submittedOn > view.Update.DueOn ? "register.state.after" : "register.state.submitted"];

    /// <summary>What became of it: due when, or in when and by whom.</summary>
    public static string Second(UpdateView view, DateOnly submittedOn, Words words) => view.IsIn
        ? words.Say("register.page.in-by", ("date", words.ShortDate(submittedOn)), ("name", view.SubmittedBy))
        : words.Say(view.State == "open" ? "register.page.due" : "register.page.was-due", ("date", words.ShortDate(view.Update.DueOn)));

    /// <summary>A line of the history.</summary>
    public static string Log(UpdateLogEntry entry, string? name, Words words) =>
        words.Say("register.log." + (entry is { What: "submitted", Via: "mail" } ? "submitted-mail" : entry.What), ("name", name ?? ""));

    /// <summary>Where a line can be read in full; null: nowhere else.</summary>
    public static string? Source(DraftLine line, string slug) => line.Kind switch
    {
        "activity_begun" or "activity_done" or "milestone" => $"/groups/{slug}/plan",
        "document" => line.Facts.Documents > 0 ? $"/groups/{slug}/documents" : $"/groups/{slug}/documents/{line.SourceId}",
        "webinar" => $"/webinars/{line.SourceId}",
        "review" => $"/groups/{slug}/reviews/{line.SourceId}",
        "lesson" or "practice" or "decision" => $"/groups/{slug}/register/lessons",
        _ => null,
    };
}
