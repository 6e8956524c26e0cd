using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Groups;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages;

/// <summary>The desk: what is due, what is new, and where one belongs.</summary>
public sealed class IndexModel(Reader reader, WebinarDesk desk, DueReader due) : PageModel
{
    private const int QuietDays = 14;

    public IReadOnlyList<GroupNews> News { get; private set; } = [];

    public Desk Desk { get; private set; } = null!;

    /// <summary>What the reader's groups wait for from them.</summary>
    public IReadOnlyList<DueItem> Due { get; private set; } = [];

    public string FirstName => reader.Viewer!.Name.Split(' ')[0];

    public string Initials => Person.Initials(reader.Viewer!.Name);

    public string GreetingKey => reader.Local(reader.Now).Hour switch
    {
        >= 5 and < 12 => "home.good-morning",
        >= 12 and < 18 => "home.good-afternoon",
        _ => "home.good-evening",
    };

    public async Task OnGet(CancellationToken cancel) => (News, Desk, Due) = (await reader.News(), await desk.Of(reader.Id, cancel), await due.From(reader.Id, cancel));

    /// <summary>When a group last gave a sign of life, in words.</summary>
    public IHtmlContent LastSign(Reader r, GroupNews one) => one.Last is not { } last
        ? r.W.Html("home.no-message")
        : (r.Now - last.SentAt).TotalDays > QuietDays
            ? r.W.HtmlCount("home.quiet", (long)(r.Now - last.SentAt).TotalDays / 7)
            : r.W.Html("home.wrote", ("name", last.Author), ("when", r.Ago(last.SentAt)));

    /// <summary>The beginning of a message on one line.</summary>
    public static string Teaser(string body)
    {
        var line = body.ReplaceLineEndings(" ").Replace("**", "", StringComparison.Ordinal);
        return line.Length <= 140 ? line : string.Concat(line.EnumerateRunes().Take(138).Select(rune => rune.ToString())) + "…";
    }
}
