using Microsoft.Playwright;
using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Documents;

/// <summary>Rana adds files; Selin, who looks at the list, sees them come.</summary>
public sealed class UploadTests(Site site) : IClassFixture<Site>
{
    private const string List = $"/groups/{People.TheirGroup}/documents";

    [Fact]
    public async Task Files_go_over_a_broken_line_with_their_progress_and_the_other_city_sees_them_come()
    {
        await using var relay = TcpRelay.To(site.Url);
        await using var rana = await site.VisitAt(new($"http://localhost:{relay.Port}"), People.Rana, Screen.Wide.Options("en"));
        await using var selin = await site.Visit(People.Selin);
        var folder = $"{List}?folder={await site.Hub.Folder("Kiosks and stalls")}";
        await rana.Go(folder);
        await selin.Go(folder);
        await selin.Page.EvaluateAsync("() => { window.before = true; }");
        await Expect(rana.Page.Locator("[data-choose]")).ToBeVisibleAsync();

        relay.Refuse();
        await rana.Page.Locator("#file").SetInputFilesAsync(Files("Nine streets.txt", "سوق النحّاسين.txt", "Pazar.txt", "Kiosks.txt"));
        var rows = rana.Page.Locator("[data-sending] li");
        await Expect(rows).ToHaveCountAsync(4);
        // Three at a time; the fourth waits for its turn.
        await Expect(rows.Filter(new() { HasText = "No connection" })).ToHaveCountAsync(3);
        await Expect(rows.Nth(3)).ToContainTextAsync("Waiting for its turn");
        await Expect(rows.Locator("progress")).ToHaveCountAsync(4);
        await rows.Nth(3).Locator("button").Last.ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);

        relay.Admit();
        await Expect(rows).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        foreach (var page in new[] { rana.Page, selin.Page })
        {
            await Expect(page.Locator(".shelf li[id^=d-]")).ToHaveCountAsync(3, new() { Timeout = 30_000 });
        }
        Assert.True(await selin.Page.EvaluateAsync<bool>("() => window.before === true"));
        Assert.Empty(selin.Faults);
    }

    [Fact]
    public async Task What_is_dropped_or_pasted_is_taken_and_what_cannot_be_taken_says_why()
    {
        await using var selin = await site.Visit(People.Selin);
        await selin.Go(List);
        await Expect(selin.Page.Locator("[data-choose]")).ToBeVisibleAsync();
        await Give(selin.Page, "drop", "Dropped.txt");
        await Expect(selin.Page.Locator(".shelf b", new() { HasText = "Dropped.txt" })).ToBeVisibleAsync();
        await Give(selin.Page, "paste", "Pasted.txt");
        await Expect(selin.Page.Locator(".shelf b", new() { HasText = "Pasted.txt" })).ToBeVisibleAsync();
        selin.Forget();

        await Give(selin.Page, "drop", "setup.exe");
        var row = selin.Page.Locator("[data-sending] li");
        await Expect(row).ToContainTextAsync("Programs cannot be shared here.");
        await Expect(row.Locator("button", new() { HasText = "Try again" })).ToBeVisibleAsync();
        await row.Locator("button").Last.ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Empty(selin.Surprises);
    }

    [Fact]
    public async Task A_version_is_added_on_the_page_of_a_document_and_who_looks_on_has_seen_it()
    {
        var document = await site.Hub.Shelve("Strategy.txt");
        await using var rana = await site.Visit(People.Rana);
        await using var emre = await site.Visit(People.Emre);
        await rana.Go($"{List}/{document}");
        await emre.Go($"{List}/{document}");
        await Expect(rana.Page.Locator("[data-choose]")).ToBeVisibleAsync();
        await rana.Page.Locator("#file").SetInputFilesAsync(Files("Strategy, second.txt"));
        await Expect(rana.Page.Locator("#versions li")).ToHaveCountAsync(2);
        await Expect(emre.Page.Locator("#versions li")).ToHaveCountAsync(2);
        await Expect(emre.Page.Locator("#seen li", new() { HasText = "Emre" })).ToContainTextAsync("sürüm 2");
        await Expect(emre.Page.Locator("form[data-seen]")).ToHaveCountAsync(0);
        Assert.Empty(emre.Faults);
    }

    private static IEnumerable<FilePayload> Files(params string[] names) =>
        names.Select(name => new FilePayload { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes($"{name} as it was said") });

    /// <summary>Lets a file fall on the page, or pastes it there.</summary>
    private static Task<System.Text.Json.JsonElement?> Give(IPage page, string way, string name) => page.EvaluateAsync("""
        ([way, name]) => {
            const data = new DataTransfer();
            data.items.add(new File([`${name} as it was said`], name));
            if (way === "paste") document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            else document.querySelector(".docs h2").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """, new[] { way, name });
}
