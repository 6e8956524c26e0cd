using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>A message to the leads or all members of chosen groups: written, read, then sent.</summary>
public sealed class MessageModel(Reader reader, GroupMessageService messages) : PageModel
{
    public GroupMessageDraft Draft { get; private set; } = null!;
    public GroupMessage Form { get; private set; } = null!;
    public Refusal? Refused { get; private set; }

    public Task<IActionResult> OnGet(string[] group, CancellationToken cancel) => Show(new(Guid.CreateVersion7(), group, All: false, null, null), null, cancel);

    public Task<IActionResult> OnPostPreview(Guid id, string[] group, string? to, string? subject, string? text, CancellationToken cancel)
    {
        var form = new GroupMessage(id, group, to == "all", subject, text);
        return Show(form, GroupMessageService.Fault(form), cancel);
    }

    public async Task<IActionResult> OnPost(Guid id, string[] group, string? to, string? subject, string? text, CancellationToken cancel)
    {
        var form = new GroupMessage(id, group, to == "all", subject, text);
        if (id == Guid.Empty)
        {
            return BadRequest();
        }
        var sent = await messages.Send(reader.Id, form, cancel);
        return sent.Refusal is { } refusal ? await Show(form, refusal, cancel) : Redirect($"/facilitate?sent={sent.Value}");
    }

    private async Task<IActionResult> Show(GroupMessage form, Refusal? refused, CancellationToken cancel)
    {
        if (form.Groups.Count == 0)
        {
            return Redirect("/facilitate");
        }
        var found = await messages.Preview(reader.Id, form, cancel);
        if (found.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        (Draft, Form, Refused) = (found.Value, form, refused);
        Response.StatusCode = refused is null ? StatusCodes.Status200OK : Auth.Problems.Status(refused.Code);
        return Page();
    }
}
