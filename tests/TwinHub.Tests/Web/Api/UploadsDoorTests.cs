using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

public sealed class UploadsDoorTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Group = People.TheirGroup;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_file_sent_in_pieces_becomes_a_document_with_its_bytes()
    {
        using var rana = await Hub.Browser(People.Rana);
        var content = Bytes(100_000);
        var announced = await rana.Announce(Group, "Plan of the souk.bin", content.Length);
        var address = announced.Headers.Location!.ToString();
        Assert.Equal(("1.0.0", 0L), (announced.Headers.GetValues("Tus-Resumable").Single(), await rana.Offset(address)));
        await Sent(rana, address, 0, content[..40_000], 40_000);
        await Sent(rana, address, 40_000, content[40_000..], 100_000);
        using var made = await rana.Become(address, "document", new { group = Group, description = "Ground floor", language = "fr" });
        var id = (await made.Json()).GetProperty("id").GetGuid();
        Assert.Equal(content, await rana.GetByteArrayAsync($"/documents/{id}/versions/1/content", TestContext.Current.CancellationToken));
        var kept = await Hub.Db(db => db.Documents.SingleAsync(d => d.Id == id));
        Assert.Equal(("Plan of the souk.bin", "Ground floor", "fr", 1), (kept.Name, kept.Description, kept.Language, kept.Version));
    }

    [Fact]
    public async Task What_it_becomes_is_made_once_however_often_its_end_is_told()
    {
        using var rana = await Hub.Browser(People.Rana);
        var address = await rana.Arrived(Group, "Once.txt", "once"u8.ToArray());
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await (await rana.Become(address, "document", new { group = Group })).Json()).GetProperty("id").GetGuid()));
        Assert.Single(ids.Distinct());
        Assert.Equal(1, await Hub.Db(db => db.Documents.CountAsync(d => d.Name == "Once.txt")));
    }

    [Fact]
    public async Task Two_new_versions_at_once_are_two_versions_and_both_people_are_told()
    {
        using var rana = await Hub.Browser(People.Rana);
        using var selin = await Hub.Browser(People.Selin);
        var id = await rana.Document(Group, "Shared by two.txt", "one"u8.ToArray());
        await using var listening = await Hub.Live(People.Selin);
        await listening.Call("Watch", Group);
        await Task.WhenAll(rana.Version(Group, id, "Shared by two.txt", "from Rana"u8.ToArray()), selin.Version(Group, id, "Shared by two.txt", "from Selin"u8.ToArray()));
        var said = new List<string>();
        for (var number = 1; number <= 3; number++)
        {
            said.Add(await rana.Text($"/documents/{id}/versions/{number}/content"));
        }
        Assert.Equal(["from Rana", "from Selin", "one"], said.Order());
        await Eventually.True(() => listening.Events.Count(e => e.Target == "GroupChanged" && e.Argument.GetProperty("what").GetString() == "documents" && e.Argument.GetProperty("id").GetString() == id.ToString()) >= 2, "both versions were told of");
    }

    [Fact]
    public async Task A_piece_that_does_not_follow_is_a_conflict_and_the_hub_says_where_it_stands()
    {
        using var rana = await Hub.Browser(People.Rana);
        var address = (await rana.Announce(Group, "Gap.txt", 10)).Headers.Location!.ToString();
        await Sent(rana, address, 0, "01234"u8.ToArray(), 5);
        await (await rana.Piece(address, 3, new ByteArrayContent("34567"u8.ToArray()))).Problem(409, "conflict");
        await (await rana.Become(address, "document", new { group = Group })).Problem(409, "conflict");
        Assert.Equal(5, await rana.Offset(address));
        await (await rana.Piece(address, 5, new ByteArrayContent("56789 and more"u8.ToArray()))).Problem(413, "too_long");
    }

    [Fact]
    public async Task Without_the_protocol_s_header_nothing_is_done()
    {
        using var rana = await Hub.Browser(People.Rana);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await rana.Post($"/groups/{Group}/uploads", new { })).StatusCode);
        var address = await rana.Arrived(Group, "Kept.txt", "kept"u8.ToArray());
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await rana.Delete(address)).StatusCode);
        Assert.Equal(4, await rana.Offset(address));
    }

    [Fact]
    public async Task An_upload_given_up_is_gone()
    {
        using var rana = await Hub.Browser(People.Rana);
        var address = await rana.Arrived(Group, "Gone.txt", "gone"u8.ToArray());
        Assert.Equal(HttpStatusCode.NoContent, (await rana.Tus(HttpMethod.Delete, address, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.Tus(HttpMethod.Head, address, null)).StatusCode);
        await (await rana.Become(address, "document", new { group = Group })).Problem(404, "not_found");
    }

    [Fact]
    public async Task Another_person_s_upload_is_not_found_and_another_group_takes_none()
    {
        using var rana = await Hub.Browser(People.Rana);
        using var selin = await Hub.Browser(People.Selin);
        using var lina = await Hub.Browser(People.Lina);
        var address = await rana.Arrived(Group, "Mine.txt", "mine"u8.ToArray());
        foreach (var other in new[] { selin, lina })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Tus(HttpMethod.Head, address, null)).StatusCode);
            await (await other.Piece(address, 4, new ByteArrayContent("!"u8.ToArray()))).Problem(404, "not_found");
            await (await other.Tus(HttpMethod.Delete, address, null)).Problem(404, "not_found");
            await (await other.Become(address, "document", new { group = Group })).Problem(404, "not_found");
        }
        await (await lina.Announce(Group, "Theirs.txt", 4)).Problem(404, "not_found");
        await (await rana.Become(address, "document", new { group = People.OtherGroup })).Problem(404, "not_found");
        var theirs = await lina.Document(People.OtherGroup, "Theirs.txt", "theirs"u8.ToArray());
        await (await rana.Become(address, "version", new { document = theirs })).Problem(404, "not_found");
    }

    [Theory]
    [InlineData("Setup.exe", "MZ program")]
    [InlineData("Holiday photo.jpg", "MZ program")]
    [InlineData("run.sh", "echo")]
    [InlineData("Script.txt", "#!/bin/sh\necho")]
    [InlineData("Report.pdf", "<html><script>alert(1)</script></html>")]
    [InlineData("Photo.png", "not a picture")]
    [InlineData("Letter.docx", "not a letter")]
    [InlineData("Damaged.jpg", "\u00ff\u00d8\u00ff\u00e0 and no more")]
    [InlineData("Empty.txt", "")]
    public async Task What_is_no_document_is_refused_and_nothing_is_kept(string name, string content)
    {
        using var rana = await Hub.Browser(People.Rana);
        var bytes = System.Text.Encoding.Latin1.GetBytes(content);
        var announced = await rana.Announce(Group, name, bytes.Length);
        if (announced.StatusCode != HttpStatusCode.Created)
        {
            await announced.Problem(400, "invalid");
            return;
        }
        var address = announced.Headers.Location!.ToString();
        if (bytes.Length > 0)
        {
            await Sent(rana, address, 0, bytes, bytes.Length);
        }
        var problem = await (await rana.Become(address, "document", new { group = Group })).Problem(400, "invalid");
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.False(await Hub.Db(db => db.Documents.AnyAsync(d => d.Name == name)));
    }

    [Fact]
    public async Task A_file_larger_than_a_file_or_the_group_may_be_is_refused_before_it_is_sent()
    {
        await using var small = await TestHub.Start(fixture.Postgres, "--Documents:MaxFile=1000", "--Documents:Quota=1500");
        using var rana = await small.Browser(People.Rana);
        await (await rana.Announce(Group, "Large.bin", 1001)).Problem(413, "too_long");
        await rana.Document(Group, "First.bin", Bytes(1000));
        await (await rana.Announce(Group, "Second.bin", 501)).Problem(413, "too_long");
        // Two that each would fit, and together do not: the second is refused when it is to be kept.
        var (third, fourth) = (await rana.Arrived(Group, "Third.bin", Bytes(300)), await rana.Arrived(Group, "Fourth.bin", Bytes(301)));
        await (await rana.Become(third, "document", new { group = Group })).Json();
        await (await rana.Become(fourth, "document", new { group = Group })).Problem(413, "too_long");
        Assert.Equal(1300, await small.Db(db => db.GroupStorage.Select(s => s.Bytes).SingleAsync()));
        Assert.Equal(2, await small.Db(db => db.Documents.CountAsync()));
    }

    private static async Task Sent(HttpClient browser, string address, long offset, byte[] piece, long expected)
    {
        using var answer = await browser.Piece(address, offset, new ByteArrayContent(piece));
        Assert.Equal((HttpStatusCode.NoContent, expected.ToString(System.Globalization.CultureInfo.InvariantCulture)), (answer.StatusCode, answer.Headers.GetValues("Upload-Offset").Single()));
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new PatternStream(length, length).ReadExactly(bytes);
        return bytes;
    }
}
