using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>The mails of a nudge as they will arrive, before anything is sent.</summary>
public sealed class NudgeModel(Reader reader, GroupNudgeService nudges) : PageModel
{
    public NudgeDraft Draft { get; private set; } = null!;

    /// <summary>The facilitator's own sentence as typed.</summary>
    public string? Text { get; private set; }

    public Refusal? Refused { get; private set; }

    /// <param name="group">The groups whose debts are called to mind.</param>
    /// <param name="item">Only these; none: all.</param>
    /// <param name="cancel">The visitor has left.</param>
    public Task<IActionResult> OnGet(string[] group, string[] item, CancellationToken cancel) => Show(Wanted(group, item, null), null, cancel);

    public Task<IActionResult> OnPostPreview(string[] group, string[] item, string? text, CancellationToken cancel) => Show(Wanted(group, item, text), null, cancel);

    public async Task<IActionResult> OnPost(string[] group, string[] item, string? text, CancellationToken cancel)
    {
        // A form from which every mail was taken out sends nothing: "none" is not "all" here.
        var sent = await nudges.Send(reader.Id, new(group, item, text), cancel);
        if (sent.Refusal is { } refusal)
        {
            return await Show(Wanted(group, item, text), refusal, cancel);
        }
        return Redirect(group.Length == 1 ? $"/facilitate/{group[0]}?sent={sent.Value}" : $"/facilitate?sent={sent.Value}");
    }

    private static NudgeRequest Wanted(string[] group, string[] item, string? text) => new(group, item.Length == 0 ? null : item, text);

    private async Task<IActionResult> Show(NudgeRequest request, Refusal? refused, CancellationToken cancel)
    {
        if (request.Groups.Count == 0)
        {
            return Redirect("/facilitate");
        }
        var found = await nudges.Preview(reader.Id, request, cancel);
        if (found.Refusal is { Field: "text" } bad)
        {
            // The sentence is shown with what is wrong; the mails beneath stand without it.
            (refused, found) = (refused ?? bad, await nudges.Preview(reader.Id, request with { Text = null }, cancel));
        }
        if (found.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        (Draft, Text, Refused) = (found.Value, request.Text, refused);
        Response.StatusCode = refused is null ? StatusCodes.Status200OK : Auth.Problems.Status(refused.Code);
        return Page();
    }
}
