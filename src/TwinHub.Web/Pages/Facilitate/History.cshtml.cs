using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>What happened around a group, newest first.</summary>
public sealed class HistoryModel(Reader reader, GroupHistoryReader histories) : PageModel
{
    public GroupHistory History { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string slug, [FromQuery] int? page, CancellationToken cancel)
    {
        var found = await histories.Read(reader.Id, slug, page ?? 1, cancel);
        if (found.Refusal is { } refusal)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        History = found.Value;
        return Page();
    }

    /// <summary>The sentence of an event; what has none of its own is told as a change of the group's record.</summary>
    public IHtmlContent Tell(GroupEvent one)
    {
        var key = $"facilitate.event.{one.What}{(one is { About: "review", Label: null } && one.What.StartsWith("review.", StringComparison.Ordinal) ? "-final" : "")}";
        var known = TwinHub.Core.Text.Texts.Shared.All.ContainsKey(key);
        return reader.W.Html(known ? key : "facilitate.event.group", ("person", one.Person ?? Somebody), ("actor", one.Actor ?? Somebody), ("label", Label(one)), ("detail", Roles(one)));
    }

    /// <summary>The way of a submission, the step of a reminder.</summary>
    public string? Beside(GroupEvent one) => one switch
    {
        { What: "update.submitted", Detail: "page" or "mail" or "api" } => reader.W["facilitate.via." + one.Detail],
        { About: "register" or "review", Detail: "open" } => reader.W["facilitate.step.open"],
        { About: "register" or "review", Detail: { } step } when int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) =>
            reader.W.Count(days < 0 ? "facilitate.step.before" : "facilitate.step.after", Math.Abs(days)),
        _ => null,
    };

    private string Somebody => reader.W["facilitate.event.somebody"];

    private string Label(GroupEvent one) => one.About == "alive" ? reader.W["facilitate.event.alive"] : one.About == "document" ? one.Label ?? "" : ItemWords.Label(one.Label, History.View.Network.YearStartsIn, reader);

    private string Roles(GroupEvent one) => one.What != "member.set" || one.Detail is null ? ""
        : string.Join(reader.W["list.comma"] + " ", one.Detail.Split('+').Where(TwinHub.Core.Groups.Membership.AllRoles.Contains).Select(role => reader.W["role." + role]));
}
