using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TwinHub.Browser.Support;
using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Storage;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Documents;

/// <summary>Files made to do harm, opened by somebody of the group on every way the hub has: dialogs and requests to outside are counted.</summary>
public sealed class HostileFilesTests(Site site) : IClassFixture<Site>
{
    private const string List = $"/groups/{People.TheirGroup}/documents";

    [Fact]
    public async Task Nothing_in_a_hostile_file_runs_or_reaches_outside()
    {
        var kept = new List<(Guid Id, string Name)>();
        foreach (var file in HostileFiles.All)
        {
            if ((await site.Hub.Share(People.Selin, file.Name, file.Bytes)) is { Refusal: null } shared)
            {
                kept.Add((shared.Value, file.Name));
            }
        }
        foreach (var name in HostileFiles.Names)
        {
            await site.Hub.Share(People.Selin, name, HostileFiles.Harmless);
        }
        await site.Hub.Get<ContentReading>().Run(TestContext.Current.CancellationToken);
        await Eventually.True(() => site.Hub.Db(async db => !await db.FileContents.AnyAsync(c => c.Reading == FileContent.Waiting && c.Attempts == 0)), "everything was tried", 120);
        var previews = (await site.Hub.Db(db => db.ContentPreviews.Join(db.Documents, p => p.Hash, d => d.Hash, (p, d) => new { d.Id, p.Size }).ToListAsync())).ToLookup(one => one.Id, one => one.Size);
        await using var rana = await site.Visit(People.Rana);
        foreach (var path in new[] { List, List + "?q=alert", List + "?sort=new" })
        {
            await Open(rana, path);
        }
        foreach (var (id, name) in kept)
        {
            var home = $"/documents/{id}/versions/1";
            await Open(rana, $"{List}/{id}");
            await Open(rana, home + "/content");
            foreach (var size in previews[id])
            {
                await Open(rana, $"{home}/preview/{size}");
            }
            if (name.EndsWith(".pdf", StringComparison.Ordinal) && await Open(rana, home + "/view") is not 404 && await Open(rana, home + "/pages") == 200)
            {
                await Viewed(rana.Page);
            }
        }
        Assert.Empty(rana.Surprises);
    }

    /// <summary>The status; 0 for what is saved instead of shown.</summary>
    private static async Task<int> Open(Visitor visitor, string path)
    {
        try
        {
            return (await visitor.Page.GotoAsync(path))?.Status ?? 0;
        }
        catch (PlaywrightException fault) when (fault.Message.Contains("Download is starting", StringComparison.Ordinal) || fault.Message.Contains("ERR_ABORTED", StringComparison.Ordinal))
        {
            return 0;
        }
    }

    /// <summary>Until the browser's viewer stands in the frame and has its document.</summary>
    private static async Task Viewed(IPage page)
    {
        await Eventually.True(() => page.Frames.Any(frame => frame.Url.StartsWith("chrome-extension://", StringComparison.Ordinal)), "the viewer is there");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }
}
