using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TwinHub.Web.Pages.Errors;

/// <summary>What happened and what now, for every status a page can end in. Asked for directly it is a page that is not there.</summary>
[IgnoreAntiforgeryToken]
public sealed class IndexModel : PageModel
{
    private static readonly int[] Known = [400, 403, 404, 429, 500, 503];

    public string Key { get; private set; } = "error.page.404";

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        var shown = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null ? 404 : status;
        Key = $"error.page.{(Known.Contains(shown) ? shown : shown >= 500 ? 500 : 400)}";
        Response.StatusCode = shown;
    }
}
