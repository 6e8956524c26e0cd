using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Groups;

/// <summary>Files in the discussion as plain pages: sent with the form, shown under the message, shared to the group.</summary>
public sealed class DiscussionFilesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Slug = People.TheirGroup, Page = "/groups/" + Slug;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_form_sent_twice_is_one_message_with_its_files_once()
    {
        using var browser = await Hub.Browser(People.Rana);
        var (token, id) = (await browser.FormToken(Page), Guid.NewGuid());
        for (var twice = 0; twice < 2; twice++)
        {
            using var answer = await browser.Send(HttpMethod.Post, Page, Form(token, id, "", ("Sent twice.txt", "words"), ("Pixel.png", null)));
            Assert.StartsWith(Page + "#m-", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        }

        var message = (await Document(browser, Page)).QuerySelectorAll(".msg").Single(one => one.TextContent.Contains("Sent twice.txt", StringComparison.Ordinal));
        Assert.Equal(["leaf", "shot"], message.QuerySelectorAll(".att").Select(file => file.ClassList[1]));
        var picture = message.QuerySelector(".shot img")!;
        Assert.Equal(("Pixel.png", "lazy"), (picture.GetAttribute("alt"), picture.GetAttribute("loading")));
        Assert.True(int.Parse(picture.GetAttribute("width")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Contains("/preview/small?", picture.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal(2L, await Hub.Scalar<long>("select count(*) from attachments where name in ('Sent twice.txt', 'Pixel.png')"));
    }

    [Fact]
    public async Task What_was_typed_and_what_has_arrived_stay_with_a_refused_form()
    {
        using var browser = await Hub.Browser(People.Rana);
        var token = await browser.FormToken(Page);
        using var refused = await browser.Send(HttpMethod.Post, Page, Form(token, Guid.NewGuid(), "Please look", ("Plan.txt", "words"), ("Virus.exe", "MZ")));

        Assert.Equal(400, (int)refused.StatusCode);
        var form = new HtmlParser().ParseDocument(await refused.Text());
        Assert.NotEmpty(form.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal("Please look", form.QuerySelector("textarea")!.TextContent);
        var kept = form.QuerySelector("input[name=AttachmentIds]")!.GetAttribute("value")!;
        Assert.Contains("Plan.txt", form.QuerySelector(".slip")!.TextContent, StringComparison.Ordinal);

        using var sent = await browser.Send(HttpMethod.Post, Page, Form(token, Guid.NewGuid(), "Please look", kept: kept));
        Assert.Equal(302, (int)sent.StatusCode);
        Assert.Equal(1L, await Hub.Scalar<long>("select count(*) from attachments where id = $1 and message_id is not null", Guid.Parse(kept)));
    }

    [Fact]
    public async Task An_attachment_is_shared_to_the_group_once_and_the_message_says_so()
    {
        using var browser = await Hub.Browser(People.Rana);
        using var other = await Hub.Browser(People.Lina);
        await using var selin = await Hub.Live(People.Selin);
        var channel = await Hub.ChannelOf(Slug);
        await selin.Call("Join", channel, null);
        var file = await browser.Attachment(Slug, "Draft agreement.txt");
        var address = $"{Page}/attachments/{file}/share";
        Assert.Equal(404, (int)(await browser.Get(address)).StatusCode);
        using var sent = await browser.Send(HttpMethod.Post, Page, Form(await browser.FormToken(Page), Guid.NewGuid(), "Here", kept: file.ToString()));
        Assert.Equal(404, (int)(await other.Get(address)).StatusCode);

        using var first = await browser.PostForm(address, address, ("folder", ""));
        using var second = await browser.PostForm("/account", address, ("folder", ""));

        var document = first.Headers.Location!.ToString();
        Assert.StartsWith(Page + "/documents/", document, StringComparison.Ordinal);
        Assert.Equal(document, second.Headers.Location!.ToString());
        var changed = await selin.Event("MessageChanged", e => e.Files().Contains(file));
        Assert.Equal(document.Split('/')[^1], changed.GetProperty("attachments")[0].GetProperty("documentId").GetString());
        Assert.Equal(document, (await Document(browser, Page)).QuerySelector($"[data-file='{file}'] .made")!.GetAttribute("href"));
        Assert.Null((await Document(browser, Page)).QuerySelector($"[data-file='{file}'] .hand-on"));
        // It stands in the discussion already.
        Assert.Equal(0L, await Hub.Scalar<long>("select count(*) from document_news where document_id = $1", Guid.Parse(document.Split('/')[^1])));
    }

    [Fact]
    public async Task A_document_stands_ready_in_the_writing_field_and_is_shown_with_the_message()
    {
        using var browser = await Hub.Browser(People.Rana);
        using var other = await Hub.Browser(People.Lina);
        var document = await browser.Document(Slug, "Street list.txt", "written"u8.ToArray());
        Assert.Contains("Street list.txt", (await Document(browser, $"{Page}?share={document}")).QuerySelector(".slip")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await Document(other, $"/groups/{People.OtherGroup}?share={document}")).QuerySelector(".slip"));

        using var content = Form(await browser.FormToken(Page), Guid.NewGuid(), "");
        content.Add(new StringContent(document.ToString()), "Share");
        using var sent = await browser.Send(HttpMethod.Post, Page, content);

        Assert.Equal(302, (int)sent.StatusCode);
        var message = (await Document(browser, Page)).QuerySelector(sent.Headers.Location!.ToString().Split('#') is [_, var anchor] ? "#" + anchor : "")!;
        Assert.Equal("Shared a document", message.QuerySelector(".shared")!.TextContent);
        Assert.Equal($"{Page}/documents/{document}", message.QuerySelector(".leaf .name")!.GetAttribute("href"));
        Assert.StartsWith("Version 1", message.QuerySelector(".leaf .meta")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_sent_is_taken_back_with_its_room()
    {
        using var browser = await Hub.Browser(People.Rana);
        using var other = await Hub.Browser(People.Selin);
        var before = await Kept();
        var file = await browser.Attachment(Slug, "Wrong one.txt");
        Assert.True(await Kept() > before);

        Assert.Equal(404, (int)(await other.Tus(HttpMethod.Delete, $"/attachments/{file}", null)).StatusCode);
        Assert.Equal(204, (int)(await browser.Tus(HttpMethod.Delete, $"/attachments/{file}", null)).StatusCode);

        Assert.Equal(before, await Kept());
        Assert.Equal(404, (int)(await browser.Tus(HttpMethod.Delete, $"/attachments/{file}", null)).StatusCode);
    }

    private Task<long> Kept() => Hub.Scalar<long>("select coalesce(sum(bytes), 0)::bigint from group_storage");

    private static async Task<IDocument> Document(HttpClient browser, string page) => new HtmlParser().ParseDocument(await browser.Text(page));

    /// <summary>The form as the page sends it; a file without words is a picture.</summary>
    private static MultipartFormDataContent Form(string token, Guid id, string body, params (string Name, string? Words)[] files) => Form(token, id, body, null, files);

    private static MultipartFormDataContent Form(string token, Guid id, string body, string? kept, params (string Name, string? Words)[] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(token), Forms.TokenField }, { new StringContent(id.ToString()), "ClientMessageId" }, { new StringContent(body), "Body" } };
        if (kept is not null)
        {
            form.Add(new StringContent(kept), "AttachmentIds");
        }
        foreach (var (name, words) in files)
        {
            form.Add(new ByteArrayContent(words is null ? StagedAttachments.Pixel : Encoding.UTF8.GetBytes(words)), "Files", name);
        }
        return form;
    }
}
