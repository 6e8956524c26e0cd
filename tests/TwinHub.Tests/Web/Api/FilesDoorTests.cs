using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Storage;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

public sealed class FilesDoorTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Group = People.TheirGroup;

    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("page.html", "<script>alert(1)</script>", "application/octet-stream")]
    [InlineData("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "application/octet-stream")]
    [InlineData("notes.txt", "plain words", "text/plain")]
    [InlineData("محضر.md", "# عنوان", "text/markdown")]
    public async Task Whatever_it_is_it_is_to_be_saved_and_may_do_nothing(string name, string content, string type)
    {
        using var rana = await Hub.Browser(People.Rana);
        var id = await rana.Document(Group, name, System.Text.Encoding.UTF8.GetBytes(content));
        using var answer = await rana.Get($"/documents/{id}/versions/1/content");
        Assert.Equal((HttpStatusCode.OK, type, "attachment", name), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.EndsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_download_that_was_cut_goes_on_where_it_was()
    {
        using var rana = await Hub.Browser(People.Rana);
        var id = await rana.Document(Group, "long.txt", "0123456789"u8.ToArray());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/documents/{id}/versions/1/content") { Headers = { Range = new RangeHeaderValue(4, null) } };
        using var rest = await rana.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PartialContent, "456789"), (rest.StatusCode, await rest.Text()));
    }

    [Fact]
    public async Task An_older_version_keeps_its_bytes_and_the_ending_of_its_file()
    {
        using var rana = await Hub.Browser(People.Rana);
        var id = await rana.Document(Group, "Draft.txt", "first"u8.ToArray());
        await rana.Version(Group, id, "final.md", "second"u8.ToArray());
        using var first = await rana.Get($"/documents/{id}/versions/1/content");
        using var second = await rana.Get($"/documents/{id}/versions/2/content");
        Assert.Equal(("Draft (v1).txt", "first"), (first.Content.Headers.ContentDisposition!.FileNameStar, await first.Text()));
        Assert.Equal(("Draft.md", "second"), (second.Content.Headers.ContentDisposition!.FileNameStar, await second.Text()));
        Assert.Equal(HttpStatusCode.NotFound, (await rana.Get($"/documents/{id}/versions/3/content")).StatusCode);
    }

    [Fact]
    public async Task What_was_deleted_is_found_by_nobody()
    {
        using var rana = await Hub.Browser(People.Rana);
        var id = await rana.Document(Group, "Deleted.txt", "deleted"u8.ToArray());
        await Hub.Execute("update documents set deleted_at = now(), deleted_by = created_by where id = $1", id);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.Get($"/documents/{id}/versions/1/content")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.Get($"/groups/{Group}/documents.zip?id={id}")).StatusCode);
    }

    [Fact]
    public async Task Bytes_that_have_changed_on_the_disk_are_never_sent_as_if_they_were_whole()
    {
        using var rana = await Hub.Browser(People.Rana);
        var id = await rana.Document(Group, "Damaged later.txt", new byte[300_000].Select((_, i) => (byte)i).ToArray());
        var hash = ContentHash.Name(await Hub.Db(db => db.Documents.Where(d => d.Id == id).Select(d => d.Hash).SingleAsync()));
        var file = Path.Combine(Hub.App.Services.GetRequiredService<DocumentOptions>().Path, "contents", hash[..2], hash);
        await using (var disk = new FileStream(file, FileMode.Open, FileAccess.Write))
        {
            disk.Position = 150_000;
            disk.WriteByte(1);
        }
        await Assert.ThrowsAsync<HttpRequestException>(() => rana.GetByteArrayAsync($"/documents/{id}/versions/1/content", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() => rana.GetByteArrayAsync($"/groups/{Group}/documents.zip?id={id}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_zip_holds_the_newest_versions_in_their_folders_under_names_that_lead_nowhere_else()
    {
        using var lina = await Hub.Browser(People.Lina);
        var (outer, inner) = (await Folder("Reports", null), await Folder("2026", null));
        await Hub.Execute("update document_folders set parent_id = $1 where id = $2", outer, inner);
        var top = await lina.Document(People.OtherGroup, "Read me.txt", "top"u8.ToArray());
        var deep = await lina.Document(People.OtherGroup, "../../etc/passwd.txt", "deep"u8.ToArray(), inner);
        await lina.Version(People.OtherGroup, deep, "again.txt", "deeper"u8.ToArray());
        await lina.Document(People.OtherGroup, "Read me.txt", "second of its name"u8.ToArray());
        Assert.Equal(["Read me (2).txt", "Read me.txt", "Reports/2026/passwd.txt=deeper"], (await Entries($"/groups/{People.OtherGroup}/documents.zip")).Select(e => e.Contains("passwd", StringComparison.Ordinal) ? e : e.Split('=')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(["2026/passwd.txt=deeper"], await Entries($"/groups/{People.OtherGroup}/documents.zip?folder={outer}"));
        Assert.Equal(["Read me.txt=top", "Reports/2026/passwd.txt=deeper"], await Entries($"/groups/{People.OtherGroup}/documents.zip?id={top}&id={deep}"));
        Assert.Equal(HttpStatusCode.NotFound, (await lina.Get($"/groups/{People.OtherGroup}/documents.zip?folder={Guid.NewGuid()}")).StatusCode);
        using var rana = await Hub.Browser(People.Rana);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.Get($"/groups/{People.OtherGroup}/documents.zip?id={top}")).StatusCode);

        async Task<List<string>> Entries(string address)
        {
            using var zip = new ZipArchive(new MemoryStream(await lina.GetByteArrayAsync(address, TestContext.Current.CancellationToken)));
            return [.. zip.Entries.Select(entry => $"{entry.FullName}={new StreamReader(entry.Open()).ReadToEnd()}").Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task Of_archives_a_person_has_two_at_once_and_no_more()
    {
        using var selin = await Hub.Browser(People.Selin);
        var large = new byte[12 * 1024 * 1024];
        new PatternStream(5, large.Length).ReadExactly(large);
        large[0] = 0;
        var address = $"/groups/{Group}/documents.zip?id={await selin.Document(Group, "Large.bin", large)}";
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 2; i++)
        {
            open.Add(await selin.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
        }
        await (await selin.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)).Problem(429, "rate_limited");
        open.ForEach(one => one.Dispose());
        await Eventually.True(async () => (await selin.Get(address)).IsSuccessStatusCode, "there is room again");
    }

    private Task<Guid> Folder(string name, Guid? parent) => Hub.Scalar<Guid>("""
        insert into document_folders (id, group_id, parent_id, name, created_by, created_at)
        select gen_random_uuid(), g.id, null, $2, m.person_id, now() from twinning_groups g join memberships m on m.group_id = g.id where g.slug = $1 limit 1 returning id
        """, People.OtherGroup, name);
}
