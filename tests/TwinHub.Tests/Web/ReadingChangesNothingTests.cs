using System.Net;
using AngleSharp.Html.Parser;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Whoever only follows links changes nothing (ASVS 3.5.3).</summary>
public sealed class ReadingChangesNothingTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const int Most = 500;

    /// <summary>Signs of life, not state: who is connected, when a session was last seen, which sweeps ran.</summary>
    private static readonly string[] SignsOfLife = ["nodes", "presence", "job_runs"];

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Following_every_link_of_a_facilitator_changes_nothing()
    {
        await Hub.LinkByMail(People.Rana);
        var invitation = await Hub.Invite(await Hub.Stage("For a reader", Hub.InDays(3), new(Organiser: People.Rana)), People.Claire);
        var link = $"/invitations/{await Hub.MailedLink(invitation)}?answer=accepted";
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        // The script of the discussion leaves this mark; without it a page read is marked as read.
        browser.DefaultRequestHeaders.Add("Cookie", "twinhub-script=1");
        await browser.FormToken("/account");
        var before = await State();

        // One group stands for all: the others' pages are the same ones.
        var others = await Hub.Db(db => Task.FromResult(db.Groups.Select(g => g.Slug).ToList().Where(slug => slug != People.TheirGroup).ToList()));
        var seen = await Follow(browser, link, others);

        Assert.Equal(before, await State());
        foreach (var expected in new[] { "/", "/account", "/groups", "/webinars", "/networks/hmln", "/networks/hmln/new-person", $"/groups/{People.TheirGroup}/about", "/demo/mailbox" })
        {
            Assert.Contains(expected, seen);
        }
        Assert.Contains(seen, path => path.StartsWith("/sign-in/", StringComparison.Ordinal) && path.Length > 40);
        Assert.Contains(seen, path => path.Contains("?close=", StringComparison.Ordinal));
        Assert.Contains(seen, path => path.EndsWith("/invite.ics", StringComparison.Ordinal));
        Assert.InRange(seen.Count, 50, Most - 1);
    }

    /// <summary>Opens every address of this hub that a page names, each once; none may fail.</summary>
    private static async Task<HashSet<string>> Follow(HttpClient browser, string mailed, List<string> others)
    {
        var (seen, waiting) = (new HashSet<string> { "/", "/sign-out", mailed }, new Queue<string>(["/", "/sign-out", mailed]));
        while (waiting.TryDequeue(out var path) && seen.Count < Most)
        {
            using var answer = await browser.Get(path);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{path}: {answer.StatusCode}");
            foreach (var next in (await Links(answer)).Where(to => !others.Exists(slug => to.Contains('/' + slug, StringComparison.Ordinal))).Where(seen.Add))
            {
                waiting.Enqueue(next);
            }
        }
        return seen;
    }

    private static async Task<IEnumerable<string>> Links(HttpResponseMessage answer)
    {
        if (answer.Headers.Location is { } to)
        {
            return [to.ToString()];
        }
        if (answer.Content.Headers.ContentType?.MediaType != "text/html")
        {
            return [];
        }
        var from = answer.RequestMessage!.RequestUri!;
        var page = new HtmlParser().ParseDocument(await answer.Text());
        return page.QuerySelectorAll("a[href], form[method=get][action]")
            .Select(one => new Uri(from, one.GetAttribute("href") ?? one.GetAttribute("action")))
            // Links in mails name the address the hub was started with.
            .Where(address => address.Scheme == "http" && address.Host is "localhost" or "127.0.0.1")
            .Select(address => address.PathAndQuery);
    }

    private async Task<string> State() =>
        string.Join('\n', (await TableDump.Of(Hub.Source, "sessions.last_seen_at")).Where(table => !SignsOfLife.Contains(table.Key)).Select(table => table.Value));
}
