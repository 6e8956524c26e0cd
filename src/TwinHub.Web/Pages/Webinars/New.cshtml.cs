using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;
using TwinHub.Web.Api;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Scheduling a webinar: checked, saved as a draft or sent.</summary>
public sealed class NewModel(Reader reader, HostReader hosts, NetworkService network, AudienceService audiences, NewWebinars webinars, IdempotencyKeys keys) : PageModel
{
    /// <summary>Where the reader may host, when they have to choose.</summary>
    public IReadOnlyList<Network> Networks { get; private set; } = [];

    public FormView? Form { get; private set; }

    [BindProperty] public WebinarForm Input { get; set; } = new();
    [BindProperty] public InviteForm Invite { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? Network { get; set; }
    [BindProperty] public Guid Key { get; set; }

    /// <summary><c>draft</c>, <c>dates</c> (a draft whose date is to be found) or <c>send</c>; <c>check</c>; <c>look</c>: the same from a script, while somebody types.</summary>
    [BindProperty] public string? Act { get; set; }

    /// <summary>Under which the form is taken once: a double click without a script and the back button send nothing more.</summary>
    private string FormKey => $"form:{Key}";

    public async Task<IActionResult> OnGet(CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(Network))
        {
            Networks = await hosts.Networks(reader.Id, cancel);
            return Networks.Count switch { 0 => StatusCode(403), 1 => await Blank(Networks[0].Slug, cancel), _ => Page() };
        }
        return await Blank(Network, cancel);
    }

    public async Task<IActionResult> OnPost(CancellationToken cancel)
    {
        var host = await hosts.Find(reader.Id, Network ?? "", cancel);
        if (host.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        var list = Invite.List(Invite.NamesPeople ? await network.People(host.Value.Network.Id, null, 5_000, cancel) : []);
        var audience = await audiences.Preview(reader.Id, Network!, Input.Input(), list, cancel);
        return Act switch
        {
            "send" when audience.Refusal is null && audience.Value.People == 0 => Show(host.Value, audience.Value, Refusal.Invalid("invite", "organiser.nobody")),
            "send" or "draft" or "dates" => await Make(host.Value, audience, list, cancel),
            _ => Show(host.Value, audience.Refusal is null ? audience.Value : null, Act == "look" ? null : audience.Refusal ?? Input.Input().Check(null).Refusal),
        };
    }

    private async Task<IActionResult> Blank(string slug, CancellationToken cancel)
    {
        var host = await hosts.Find(reader.Id, slug, cancel);
        if (host.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        (Input, Key) = (WebinarForm.New(reader.Today, reader.Viewer!.TimeZone), Guid.NewGuid());
        return Show(host.Value, null, null);
    }

    /// <summary>Makes the webinar, once a form: a form sent again leads where the first one led.</summary>
    private async Task<IActionResult> Make(HostView host, Outcome<Audience> audience, InviteList list, CancellationToken cancel)
    {
        if (await keys.Claim(reader.Id, FormKey, [], cancel) is { } before)
        {
            return Redirect(before.Refusal is null ? before.Value.Body : "/webinars");
        }
        var outcome = await webinars.Create(reader.Id, Network!, Input.Input(), list, Input.Series, Act == "send", cancel);
        if (outcome.Refusal is { } refusal)
        {
            await keys.Release(reader.Id, FormKey, cancel);
            return Show(host, audience.Refusal is null ? audience.Value : null, refusal);
        }
        var path = $"/webinars/{outcome.Value.Id}/{Act switch { "send" => "answers", "dates" => "dates", _ => "edit" }}";
        await keys.Keep(reader.Id, FormKey, new(StatusCodes.Status302Found, path), cancel);
        TempData["Flash"] = Act == "send" ? reader.W.Count("organiser.sent", audience.Value.People) : reader.W["organiser.draft-saved"];
        return Redirect(path);
    }

    private PageResult Show(HostView host, Audience? audience, Refusal? refused)
    {
        Form = new FormView(host.Network.Tag, host, Input, Invite, refused, audience, null) { Key = Key };
        if (refused is not null)
        {
            Response.StatusCode = Auth.Problems.Status(refused.Code);
        }
        return Page();
    }
}

/// <summary>One webinar, or a series of them.</summary>
public sealed class NewWebinars(WebinarService webinars, SeriesService series)
{
    public Task<Outcome<Webinar>> Create(Guid actor, string network, WebinarInput input, InviteList invite, SeriesPlan? plan, bool publish, CancellationToken cancel) =>
        plan is null ? webinars.Create(actor, network, input, invite, publish, cancel) : series.Create(actor, network, input, invite, plan, publish, cancel);
}
