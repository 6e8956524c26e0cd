using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Pages.Account;

/// <summary>One's own account: preferences, signed-in devices, access tokens, the calendar to subscribe to.</summary>
public sealed class IndexModel(Reader reader, AccountService account, Credentials credentials, CalendarFeeds feeds) : PageModel
{
    public IReadOnlyList<Session> Sessions { get; private set; } = [];
    public IReadOnlyList<AccessToken> Tokens { get; private set; } = [];

    /// <summary>A token just made: shown this once.</summary>
    public string? NewToken { get; private set; }

    /// <summary>A calendar's address just made: shown this once.</summary>
    public string? NewFeed { get; private set; }

    /// <summary>Since when the calendar's address works; null: there is none.</summary>
    public DateTimeOffset? FeedSince { get; private set; }

    public Refusal? Refused { get; private set; }
    public Refusal? TokenRefused { get; private set; }

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public string? TimeZone { get; set; }
    [BindProperty] public string? Scheme { get; set; }
    [BindProperty] public string? TokenName { get; set; }
    [BindProperty] public string? TokenDays { get; set; }

    public Task<IActionResult> OnGet(CancellationToken cancel) => Show(cancel);

    public async Task<IActionResult> OnPost(CancellationToken cancel)
    {
        var changed = await account.Prefer(reader.Id, Name, Language, TimeZone, Scheme, cancel);
        return changed.Refusal is { } refusal ? await Refuse(Refused = refusal, cancel) : Saved(Language!);
    }

    public async Task<IActionResult> OnPostMakeToken(CancellationToken cancel)
    {
        int? days = int.TryParse(TokenDays, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : string.IsNullOrWhiteSpace(TokenDays) ? null : 0;
        var made = await credentials.MakeToken(reader.Id, TokenName ?? "", days, cancel);
        if (made.Refusal is { } refusal)
        {
            return await Refuse(TokenRefused = refusal, cancel);
        }
        (NewToken, TokenName, TokenDays) = (made.Value, null, null);
        return await Show(cancel);
    }

    public async Task<IActionResult> OnPostEndToken(Guid id, CancellationToken cancel) => After(await credentials.EndToken(reader.Id, id, cancel));

    public async Task<IActionResult> OnPostMakeFeed(CancellationToken cancel)
    {
        NewFeed = await feeds.Renew(reader.Id, cancel);
        return await Show(cancel);
    }

    public async Task<IActionResult> OnPostEndFeed(CancellationToken cancel)
    {
        await feeds.Revoke(reader.Id, cancel);
        return Saved(reader.Language);
    }

    public async Task<IActionResult> OnPostEndSession(Guid id, CancellationToken cancel) => After(await credentials.EndSession(reader.Id, id, cancel));

    public async Task<IActionResult> OnPostEndAll(CancellationToken cancel)
    {
        await credentials.EndAllSessions(reader.Id, cancel);
        TokenCookie.Session.Clear(HttpContext);
        return Redirect("/sign-in");
    }

    private IActionResult After(Outcome<bool> ended) => ended.Refusal is null ? Saved(reader.Language) : NotFound();

    private RedirectResult Saved(string language)
    {
        TempData["Flash"] = Core.Text.Texts.Shared.For(language)["form.saved"];
        return Redirect("/account");
    }

    private async Task<IActionResult> Refuse(Refusal refusal, CancellationToken cancel)
    {
        Response.StatusCode = Problems.Status(refusal.Code);
        return await Show(cancel);
    }

    private async Task<IActionResult> Show(CancellationToken cancel)
    {
        (Sessions, Tokens, FeedSince) = (await credentials.Sessions(reader.Id, cancel), await credentials.Tokens(reader.Id, cancel), await feeds.Since(reader.Id, cancel));
        return Page();
    }
}
