using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

public sealed class DocumentsApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Documents = "/api/v1/groups/" + People.TheirGroup + "/documents";

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_document_is_added_renewed_listed_and_read()
    {
        using var rana = await Hub.Api(People.Rana);
        using var selin = await Hub.Api(People.Selin);
        var made = await Added(await rana.Send(HttpMethod.Post, Documents, Form("first"u8.ToArray(), "محضر.txt", ("name", "Protocol.txt"), ("description", "Of May"), ("language", "ar"))));
        var id = made.GetProperty("id").GetString();
        var renewed = await Added(await selin.Send(HttpMethod.Post, $"/api/v1/documents/{id}/versions", Form("second"u8.ToArray(), "Protocol.txt")));
        Assert.Equal((2, 6, "Of May", "ar"), (renewed.GetProperty("version").GetInt32(), renewed.GetProperty("size").GetInt32(), renewed.GetProperty("description").GetString(), renewed.GetProperty("language").GetString()));
        Assert.Equal(["محضر.txt", "Protocol.txt"], renewed.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("fileName").GetString()));
        Assert.Equal(["Rana Khoury", "Selin Aksoy"], renewed.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("author").GetProperty("name").GetString()));
        Assert.Equal(renewed.ToString(), (await (await rana.Get($"/api/v1/documents/{id}")).Json()).ToString());
        Assert.Equal(("first", "second"), (await rana.Text($"/api/v1/documents/{id}/versions/1/content"), await rana.Text($"/api/v1/documents/{id}/versions/2/content")));
        Assert.Contains(id, (await All(rana)).Select(one => one.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_miss_and_repeat_nothing()
    {
        using var rana = await Hub.Api(People.Rana);
        for (var i = 0; i < 5; i++)
        {
            await Added(await rana.Send(HttpMethod.Post, Documents, Form([(byte)i, 65], "Same name.bin")));
        }
        var ids = (await All(rana)).Select(one => one.GetProperty("id").GetGuid()).ToList();
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.Equal(5, (await All(rana)).Select(one => one.GetProperty("name").GetString()).Count(name => name!.StartsWith("Same name", StringComparison.Ordinal)));
        Assert.Equal(1, (await All(rana)).Count(one => one.GetProperty("name").GetString() == "Same name (5).bin"));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_with_its_field_and_leaves_nothing()
    {
        using var rana = await Hub.Api(People.Rana);
        var before = await Hub.Db(db => db.Documents.CountAsync());
        await (await rana.Post(Documents, new { file = "no form" })).Problem(400, "invalid");
        await (await rana.Send(HttpMethod.Post, Documents, new MultipartFormDataContent { { new StringContent("no file"), "name" } })).Problem(400, "invalid");
        await (await rana.Send(HttpMethod.Post, Documents, Form("x"u8.ToArray(), "x.txt", ("folder", Guid.NewGuid().ToString())))).Problem(400, "invalid");
        await (await rana.Send(HttpMethod.Post, Documents, Form("x"u8.ToArray(), "x.txt", ("folder", "../..")))).Problem(400, "invalid");
        await (await rana.Send(HttpMethod.Post, Documents, Form("x"u8.ToArray(), "x.txt", ("language", "tlh")))).Problem(400, "invalid");
        await (await rana.Send(HttpMethod.Post, Documents, Form("x"u8.ToArray(), "x.txt", ("description", new string('x', 20_000))))).Problem(400, "invalid");
        await (await rana.Send(HttpMethod.Post, Documents, Form("x"u8.ToArray(), "x.txt", ("description", new string('x', 2_001))))).Problem(413, "too_long");
        await (await rana.Send(HttpMethod.Post, $"/api/v1/documents/{Guid.NewGuid()}/versions", Form("x"u8.ToArray(), "x.txt"))).Problem(404, "not_found");
        Assert.Equal(before, await Hub.Db(db => db.Documents.CountAsync()));
    }

    [Fact]
    public async Task A_closed_group_can_be_read_and_takes_nothing_more()
    {
        using var lina = await Hub.Api(People.Lina);
        var path = $"/api/v1/groups/{People.OtherGroup}/documents";
        var made = await Added(await lina.Send(HttpMethod.Post, path, Form("kept"u8.ToArray(), "Kept.txt")));
        await Hub.Execute("update twinning_groups set status = 'completed' where slug = $1", People.OtherGroup);
        await (await lina.Send(HttpMethod.Post, path, Form("x"u8.ToArray(), "x.txt"))).Problem(409, "closed");
        await (await lina.Send(HttpMethod.Post, $"/api/v1/documents/{made.GetProperty("id")}/versions", Form("x"u8.ToArray(), "x.txt"))).Problem(409, "closed");
        Assert.Equal("kept", await lina.Text($"/api/v1/documents/{made.GetProperty("id")}/versions/1/content"));
    }

    [Fact]
    public async Task A_program_posts_a_file_and_a_document_with_a_message_and_the_same_post_again_takes_nothing_more()
    {
        using var rana = await Hub.Api(People.Rana);
        var document = (await Added(await rana.Send(HttpMethod.Post, Documents, Form("shown"u8.ToArray(), "Shown.txt")))).GetProperty("id").GetString();
        var file = (await Added(await rana.Send(HttpMethod.Post, $"/api/v1/groups/{People.TheirGroup}/attachments", Form("sent"u8.ToArray(), "Sent.txt")))).GetProperty("id").GetString();
        var (channel, id) = (await Hub.ChannelOf(People.TheirGroup), Guid.NewGuid());
        object post = new { clientMessageId = id, body = "", attachmentIds = new[] { document, file } };
        Assert.Equal(HttpStatusCode.Created, (await rana.Post($"/api/v1/channels/{channel}/messages", post)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await rana.Post($"/api/v1/channels/{channel}/messages", post)).StatusCode);
        var said = (await (await rana.Get($"/api/v1/channels/{channel}/messages?limit=1")).Json()).GetProperty("items")[0].GetProperty("attachments").EnumerateArray().ToList();
        Assert.Equal(["Shown.txt", "Sent.txt"], said.Select(one => one.GetProperty("name").GetString()));
        Assert.Equal((document, "text/plain", 5), (said[0].GetProperty("documentId").GetString(), said[0].GetProperty("type").GetString(), said[0].GetProperty("size").GetInt32()));
        Assert.Equal(1L, await Hub.Scalar<long>("select count(*) from attachments where document_id = $1", Guid.Parse(document!)));
        // Another group's document is as unknown as one that is not there.
        using var samah = await Hub.Api("samah.anabtawi@nablus.example.org");
        foreach (var unknown in new[] { document, Guid.NewGuid().ToString() })
        {
            await (await samah.Post($"/api/v1/channels/{await Hub.ChannelOf("nablus-saida")}/messages", new { clientMessageId = Guid.NewGuid(), body = "theirs", attachmentIds = new[] { unknown } })).Problem(400, "invalid");
        }
    }

    private static async Task<List<JsonElement>> All(HttpClient client)
    {
        var (all, cursor) = (new List<JsonElement>(), "");
        while (cursor is not null)
        {
            var page = await (await client.Get($"{Documents}?limit=2{(cursor.Length > 0 ? "&cursor=" + cursor : "")}")).Json();
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, 2);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        return all;
    }

    private static async Task<JsonElement> Added(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Json();
    }

    private static MultipartFormDataContent Form(byte[] content, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var field in fields)
        {
            form.Add(new StringContent(field.Value), field.Name);
        }
        var file = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        form.Add(file, "file", name);
        return form;
    }
}
