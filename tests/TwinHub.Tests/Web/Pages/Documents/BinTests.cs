using System.Net;
using TwinHub.Tests.Support;
using Xunit;
using static TwinHub.Tests.Web.Pages.Documents.DocumentPages;

namespace TwinHub.Tests.Web.Pages.Documents;

public sealed class BinTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_deleted_document_waits_in_the_bin_and_comes_back_under_a_free_name()
    {
        var document = await Hub.Shelve("Minutes.txt");
        var page = $"{List}/{document}";
        using var rana = await Hub.Browser(People.Rana);
        Assert.Equal(List, await rana.Taken(page, page + "?handler=delete"));
        Assert.Null((await rana.Read(List)).QuerySelector($"#d-{document}"));
        Assert.Equal($"{Bin}#d-{document}", (await rana.Get(page)).Headers.Location?.ToString());
        var row = (await rana.Read(Bin)).QuerySelector($"#d-{document}")!.TextContent;
        Assert.Contains("90 days left", row, StringComparison.Ordinal);
        Assert.Contains("Rana Khoury", row, StringComparison.Ordinal);
        await Hub.Execute("update documents set deleted_at = deleted_at - interval '89 days' where id = $1", document);
        Assert.Contains("1 day left", (await rana.Read(Bin)).QuerySelector($"#d-{document}")!.TextContent, StringComparison.Ordinal);
        // What lies in the bin is not changed.
        Assert.Equal(HttpStatusCode.NotFound, (await rana.PostForm(List, page + "?handler=details", ("Input.Name", "Other.txt"))).StatusCode);

        var meanwhile = await Hub.Shelve("minutes.txt");
        using var selin = await Hub.Browser(People.Selin);
        Assert.Equal(page, await selin.Taken(Bin, Bin + "?handler=restore", ("id", document.ToString())));
        Assert.Equal("Minutes (2).txt", (await selin.Read(page)).QuerySelector("#head h2")!.TextContent);
        Assert.NotNull((await selin.Read(List)).QuerySelector($"#d-{meanwhile}"));
    }

    [Fact]
    public async Task Whoever_deleted_it_removes_it_for_good_and_the_room_is_free_again()
    {
        var before = await Bytes();
        var document = await Hub.Shelve("Large.txt", new string('a', 5_000));
        await Hub.Renew(document, new string('b', 3_000));
        Assert.Equal(before + 8_000, await Bytes());
        using var rana = await Hub.Browser(People.Rana);
        using var selin = await Hub.Browser(People.Selin);
        using var claire = await Hub.Browser(People.Claire);
        Assert.Equal(HttpStatusCode.Conflict, (await rana.PostForm(List, Bin + "?handler=remove", ("id", document.ToString()))).StatusCode);
        await rana.Taken($"{List}/{document}", $"{List}/{document}?handler=delete");
        // Another member deletes it again: it stays with who deleted it first.
        Assert.Equal(List, (await selin.PostForm(List, $"{List}/{document}?handler=delete")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await selin.PostForm(List, Bin + "?handler=remove", ("id", document.ToString()))).StatusCode);
        Assert.Null((await selin.Read(Bin)).QuerySelector($"#d-{document} a"));
        Assert.NotNull((await claire.Read(Bin)).QuerySelector($"#d-{document} a"));

        var ask = (await rana.Read(Bin)).QuerySelector($"#d-{document} a")!.GetAttribute("href")!.Split('#')[0];
        var asked = (await rana.Read(ask)).QuerySelector("#asked")!;
        Assert.Contains("8 KB", asked.TextContent, StringComparison.Ordinal);
        Assert.Equal(Bin, await rana.Taken(ask, asked.QuerySelector("form")!.GetAttribute("action")!, ("id", document.ToString())));
        Assert.Equal(before, await Bytes());
        Assert.Equal(HttpStatusCode.NotFound, (await rana.Get($"{List}/{document}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.PostForm(List, Bin + "?handler=remove", ("id", document.ToString()))).StatusCode);
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from document_versions where document_id = $1", document));
    }

    private Task<long> Bytes() => Hub.Scalar<long>("select coalesce((select s.bytes from group_storage s join twinning_groups g on g.id = s.group_id where g.slug = $1), 0)", People.TheirGroup);
}
