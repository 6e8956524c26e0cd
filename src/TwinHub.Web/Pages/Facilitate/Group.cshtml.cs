using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Facilitation;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>Who owes what in a group, to be ticked and nudged.</summary>
public sealed class GroupModel(Reader reader, OwedDesk desk, BoardReader boards) : PageModel
{
    public OwedDeskView Desk { get; private set; } = null!;

    /// <summary>The row of this group: on a phone the board shows only a part of it.</summary>
    public Board Board { get; private set; } = null!;

    /// <summary>How many mails were just sent.</summary>
    public int? Sent { get; private set; }

    public async Task<IActionResult> OnGet(string slug, int? sent, CancellationToken cancel)
    {
        var found = await desk.Read(reader.Id, slug, cancel);
        if (found.Refusal is { } refusal)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Desk, Sent) = (found.Value, sent > 0 ? sent : null);
        Board = (await boards.ReadOne(reader.Id, Desk.View.Network.Slug, slug, cancel)).Value;
        return Page();
    }

    /// <summary>"Register update for the third quarter of 2026", "Review: Market opened".</summary>
    public IHtmlContent What(OwedItem item) => ItemWords.Html(item, Desk.View.Network.YearStartsIn, reader);
}

/// <summary>What is owed, in words.</summary>
public static class ItemWords
{
    public static IHtmlContent Html(OwedItem item, int yearStartsIn, Reader reader) => item.Subject.About == NudgeSubject.Register
        ? reader.W.Html("facilitate.desk.update", ("quarter", Label(item.Label, yearStartsIn, reader)))
        : item.Label is null ? reader.W.Html("facilitate.desk.final") : reader.W.Html("facilitate.desk.review", ("title", item.Label));

    /// <summary>A quarter as it is said, or a title as it was written.</summary>
    public static string Label(string? label, int yearStartsIn, Reader reader) =>
        Quarter.Parse(label, yearStartsIn) is { } quarter ? reader.W.QuarterInSentence(quarter) : label ?? reader.W["facilitate.final-review"];
}
