using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.People;
using TwinHub.Web.Demo;

namespace TwinHub.Web.Pages.SignIn;

/// <summary>Asks for a sign-in link. The answer is the same for every address.</summary>
public sealed class IndexModel(Reader reader, SignInService signIn, SignInOptions options, DemoDirectory directory) : PageModel
{
    private static readonly string[] Shown = ["claire.fabre@cmi.example.org", "rana.khoury@tripoli.example.org", "selin.aksoy@gaziantep.example.org", "lina.haddad@zarqa.example.org"];

    [BindProperty] public string? Email { get; set; }

    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public string? Error { get; private set; }

    public long Minutes => (long)options.LinkLife.TotalMinutes;

    /// <summary>A few people to try the demo as.</summary>
    public IReadOnlyList<DemoPersonEntry> Demo { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken cancel)
    {
        if (reader.Viewer is not null)
        {
            return Redirect(Local.Path(ReturnUrl));
        }
        await LoadDemo(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken cancel)
    {
        var asked = await signIn.Ask(Email, HttpContext.Connection.RemoteIpAddress?.ToString(), cancel);
        if (asked.Refusal is null)
        {
            return Redirect($"/sign-in/sent?lang={reader.Language}");
        }
        Response.StatusCode = Auth.Problems.Status(asked.Refusal.Code);
        Error = asked.Refusal.Sentence(reader.W);
        await LoadDemo(cancel);
        return Page();
    }

    private async Task LoadDemo(CancellationToken cancel)
    {
        if (reader.IsDemo && DemoGuard.IsLocal(HttpContext))
        {
            var people = await directory.People(cancel);
            Demo = [.. Shown.Select(email => people.FirstOrDefault(person => person.Email == email)).OfType<DemoPersonEntry>()];
        }
    }
}
