using Microsoft.Playwright;
using TwinHub.Core.Documents;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>A group's documents as they are after some weeks: folders, versions, comments, something in the bin.</summary>
public sealed class ShelfStops
{
    private const string List = $"/groups/{People.TheirGroup}/documents";

    private Guid _document, _folder;

    public static async Task<ShelfStops> Prepare(TestHub hub)
    {
        var stops = new ShelfStops { _folder = await hub.Folder("زيارات الربيع") };
        await hub.Folder("Pazar fotoğrafları", stops._folder);
        stops._document = await hub.Shelve("Strategy of light, draft of both cities.txt");
        await hub.Shelve("محضر الاجتماع الأول.md", email: People.Selin);
        await hub.Shelve("Hesap tutma eğitimi, katılımcı listesi.csv", email: People.Emre);
        await hub.Shelve("Programme of the visit.txt", folder: stops._folder);
        await hub.Renew(stops._document, email: People.Selin);
        var (rana, selin) = (await hub.PersonId(People.Rana), await hub.PersonId(People.Selin));
        await hub.Get<CommentService>().Write(selin, People.TheirGroup, stops._document, Guid.NewGuid(), "Bölüm 3 çok açık oldu, teşekkürler.", CancellationToken.None);
        await hub.Get<CommentService>().Write(rana, People.TheirGroup, stops._document, Guid.NewGuid(), "أضفنا الأرقام الجديدة في الصفحة الثانية.", CancellationToken.None);
        await hub.Get<ViewService>().Note(selin, People.TheirGroup, stops._document, 2, CancellationToken.None);
        await hub.Get<DocumentEdits>().Change(rana, People.TheirGroup, stops._document, new("Strategy of light, draft of both cities.txt", "What both councils will vote on in autumn.", "fr", null), CancellationToken.None);
        var gone = await hub.Shelve("Old list of stalls.txt");
        Assert.Null((await hub.Get<BinService>().Delete(rana, People.TheirGroup, gone, CancellationToken.None)).Refusal);
        return stops;
    }

    public IEnumerable<Stop> Of(string emptyGroup) =>
    [
        new("documents", People.Rana, List),
        new("documents-folder", People.Rana, $"{List}?folder={_folder}"),
        new("documents-new", People.Rana, List + "?sort=new"),
        new("documents-error", People.Rana, List, 409, MakeAgain),
        new("document", People.Rana, $"{List}/{_document}"),
        new("document-error", People.Rana, $"{List}/{_document}", 400, Unname),
        new("documents-bin", People.Rana, List + "/bin"),
        new("documents-empty", People.Claire, $"/groups/{emptyGroup}/documents"),
        new("documents-bin-empty", People.Claire, $"/groups/{emptyGroup}/documents/bin"),
        new("documents-read-only", Tour.Karim, "/groups/nablus-saida/documents"),
    ];

    /// <summary>A folder of this name is there already.</summary>
    private static async Task MakeAgain(IPage page)
    {
        await page.Locator("details:has(#name) summary").ClickAsync();
        await page.Locator("#name").FillAsync("زيارات الربيع");
        await page.Locator("form:has(#name) button").ClickAsync();
    }

    private static async Task Unname(IPage page)
    {
        await page.Locator("details:has(#Input-Name) summary").ClickAsync();
        await page.Locator("#Input-Name").FillAsync("...");
        await page.Locator("form:has(#Input-Name) button").ClickAsync();
    }
}
