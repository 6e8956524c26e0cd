using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Changing a webinar: a draft is saved or sent, an announced one changed for everybody invited.</summary>
public sealed class EditModel(Reader reader, WebinarReader reading, HostReader hosts, NetworkService network, AudienceService audiences, WebinarEdits edits) : PageModel
{
    public WebinarView View { get; private set; } = null!;

    public FormView Form { get; private set; } = null!;

    [BindProperty] public WebinarForm Input { get; set; } = new();
    [BindProperty] public InviteForm Invite { get; set; } = new();

    /// <summary>The version the reader saw when the form was shown.</summary>
    [BindProperty] public int Version { get; set; }

    /// <summary><c>draft</c>, <c>dates</c>, <c>send</c> or <c>save</c>; <c>check</c>; <c>look</c>: the same from a script, while somebody types.</summary>
    [BindProperty] public string? Act { get; set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        (Input, Version) = (WebinarForm.Of(View.Webinar), View.Webinar.Version);
        return View.Webinar.Closed(reader.Now) is null ? await Show(null, [], cancel) : Redirect($"/webinars/{id}/answers");
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        var audience = await Preview(cancel);
        if (Act is not ("draft" or "dates" or "send" or "save") || audience.Refusal is not null)
        {
            return await Show(Act == "look" ? null : audience.Refusal ?? Input.Input().Check(null).Refusal, [], cancel);
        }
        if (Act == "send" && audience.Value.People == 0)
        {
            return await Show(Refusal.Invalid("invite", "organiser.nobody"), [], cancel);
        }
        var saved = await edits.Save(reader.Id, id, Version, Input.Input(), await List(cancel), publish: Act == "send", cancel);
        return saved.Refusal switch
        {
            { Field: "version" } stale => await Conflict(stale, cancel),
            { } refusal => await Refuse(refusal, cancel),
            null => Done(audience.Value.People),
        };
    }

    /// <summary>A second click meets the version its first one made: what stands there is what was typed, and nothing is wrong.</summary>
    private async Task<IActionResult> Conflict(Refusal stale, CancellationToken cancel)
    {
        var newer = Input.Differences(WebinarForm.Of(View.Webinar)).ToList();
        if (newer.Count == 0)
        {
            return Done(View.Invited);
        }
        Version = View.Webinar.Version;
        ModelState.Remove(nameof(Version));
        return await Show(stale, newer, cancel);
    }

    /// <summary>A later step was refused after the change itself was saved: the form goes on from there.</summary>
    private async Task<IActionResult> Refuse(Refusal refusal, CancellationToken cancel)
    {
        if (await Load(View.Webinar.Id, cancel) is { } hidden)
        {
            return hidden;
        }
        if (!Input.Differences(WebinarForm.Of(View.Webinar)).Any())
        {
            Version = View.Webinar.Version;
            ModelState.Remove(nameof(Version));
        }
        return await Show(refusal, [], cancel);
    }

    private RedirectResult Done(int people)
    {
        TempData["Flash"] = Act == "send" ? reader.W.Count("organiser.sent", people) : reader.W[Act is "draft" or "dates" ? "organiser.draft-saved" : "form.saved"];
        return Redirect($"/webinars/{View.Webinar.Id}/{Act switch { "draft" => "edit", "dates" => "dates", _ => "answers" }}");
    }

    private async Task<Outcome<Audience>> Preview(CancellationToken cancel) =>
        await audiences.Preview(reader.Id, View.Webinar.Id, Input.Input(), await List(cancel), cancel);

    private async Task<InviteList> List(CancellationToken cancel) =>
        Invite.List(Invite.NamesPeople ? await network.People(View.Network.Id, null, 5_000, cancel) : []);

    private async Task<IActionResult?> Load(Guid id, CancellationToken cancel)
    {
        var found = await reading.Find(reader.Id, id, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        View = found.Value;
        return View.Runs ? null : StatusCode(403);
    }

    private async Task<PageResult> Show(Refusal? refused, IReadOnlyList<(string, string?)> newer, CancellationToken cancel)
    {
        var (host, audience) = (await hosts.Find(reader.Id, View.Network.Slug, cancel), await Preview(cancel));
        Form = new FormView(View.Network.Tag, host.Refusal is null ? host.Value : null, Input, Invite, refused, audience.Refusal is null ? audience.Value : null, View.Webinar) { Newer = newer, Version = Version };
        if (refused is not null)
        {
            Response.StatusCode = Auth.Problems.Status(refused.Code);
        }
        return Page();
    }
}
