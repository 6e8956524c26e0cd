using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Web.Demo;

namespace TwinHub.Web.Pages.Demo;

/// <summary>The mails the demo would have sent. The text part is shown; the whole message can be downloaded.</summary>
public sealed class MailboxModel(DemoDirectory directory, DemoMode demo) : PageModel
{
    private const int Newest = 100;

    public IReadOnlyList<DemoMail> Mails { get; private set; } = [];

    public DemoMail? Shown { get; private set; }

    public IReadOnlyList<string> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGet(string? id, CancellationToken cancel)
    {
        if (!demo.On)
        {
            return NotFound();
        }
        Mails = await directory.Mailbox(Newest, cancel);
        if (id is null)
        {
            return Page();
        }
        Shown = Mails.FirstOrDefault(mail => mail.Id.ToString() == id);
        if (Shown is null)
        {
            return NotFound();
        }
        Lines = [.. Text(await directory.Content(Shown.Id, cancel) ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return Page();
    }

    /// <summary>The first part of our own mails: plain text in base64.</summary>
    private static string Text(byte[] content)
    {
        const string Mark = "Content-Transfer-Encoding: base64\r\n\r\n";
        var mail = Encoding.ASCII.GetString(content);
        var start = mail.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return Encoding.UTF8.GetString(Convert.FromBase64String(mail[start..mail.IndexOf("\r\n--", start, StringComparison.Ordinal)]));
    }
}
