using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Messages that carry files: the same at every node and by every way, and only with what is the author's to send.</summary>
public sealed class AttachmentTests(TwoHubs hubs) : IClassFixture<TwoHubs>
{
    private const string Slug = People.TheirGroup;

    private TestHub Hub => hubs.One;

    [Fact]
    public async Task Files_arrive_in_their_order_and_are_the_same_live_in_the_page_and_over_http()
    {
        var channel = await Hub.ChannelOf(Slug);
        using var browser = await Hub.Browser(People.Rana);
        Guid[] files = [await browser.Attachment(Slug, "Günlük.txt"), await browser.Attachment(Slug, "صورة.png", StagedAttachments.Pixel), await browser.Attachment(Slug, "First.txt")];
        await using var rana = await Hub.Live(People.Rana);
        await using var selin = await hubs.Two.Live(People.Selin);
        await rana.Call("Join", channel, null);
        await selin.Call("Join", channel, null);

        var posted = await Post(rana, channel, "", Guid.NewGuid(), files.Reverse());

        var written = await Heard(rana, "MessagePosted", posted);
        Assert.Equal(files.Reverse(), written.Files());
        Assert.Equal(["First.txt", "صورة.png", "Günlük.txt"], written.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        Assert.Equal("image/png", written.GetProperty("attachments")[1].GetProperty("type").GetString());
        Assert.Equal(("", ""), (written.GetProperty("body").GetString(), written.GetProperty("html").GetString()));
        Assert.Equal(written.GetRawText(), (await Heard(selin, "MessagePosted", posted)).GetRawText());
        Assert.Equal(written.GetRawText(), (await selin.Call("Join", channel, Revision(posted) - 1)).GetProperty("messages")[0].GetRawText());
        using var api = await Hub.Api(People.Selin);
        Assert.Equal(written.GetRawText(), (await (await api.Get($"/api/v1/channels/{channel}/messages?after={Revision(posted) - 1}")).Json()).GetProperty("items")[0].GetRawText());
    }

    [Fact]
    public async Task The_same_post_at_both_nodes_is_one_message_and_takes_its_files_once()
    {
        var channel = await Hub.ChannelOf(Slug);
        using var browser = await Hub.Browser(People.Rana);
        await using var here = await Hub.Live(People.Rana);
        await using var there = await hubs.Two.Live(People.Rana);
        for (var round = 0; round < 5; round++)
        {
            var (id, file) = (Guid.NewGuid(), await browser.Attachment(Slug, $"Once {round}.txt"));

            var answers = await Task.WhenAll(Post(here, channel, "once", id, [file]), Post(there, channel, "once", id, [file]), Post(here, channel, "once", id, [file]));

            Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
            Assert.Equal(1L, await Hub.Scalar<long>("select count(*) from messages m join attachments a on a.message_id = m.id where m.client_message_id = $1 and m.attachments = 1", id));
        }
    }

    [Fact]
    public async Task Two_messages_that_want_one_file_at_once_do_not_both_get_it()
    {
        var channel = await Hub.ChannelOf(Slug);
        using var browser = await Hub.Browser(People.Rana);
        await using var here = await Hub.Live(People.Rana);
        await using var there = await hubs.Two.Live(People.Rana);
        for (var round = 0; round < 5; round++)
        {
            var file = await browser.Attachment(Slug, $"Wanted {round}.txt");
            var codes = await Task.WhenAll(new[] { here, there, here }.Select(one => Code(() => Post(one, channel, "mine", Guid.NewGuid(), [file]))));
            Assert.Equal(["invalid", "invalid", null], codes.OrderByDescending(code => code));
        }
    }

    [Theory]
    [InlineData("another's")]
    [InlineData("posted")]
    [InlineData("other group")]
    [InlineData("absent")]
    [InlineData("no id")]
    [InlineData("eleven")]
    [InlineData("twice")]
    public async Task What_is_not_ones_own_to_send_is_refused_with_a_sentence_and_nothing_is_posted(string what)
    {
        var channel = await Hub.ChannelOf(Slug);
        using var browser = await Hub.Browser(People.Rana);
        var own = await browser.Attachment(Slug, "Own.txt");
        await using var rana = await Hub.Live(People.Rana);
        var before = (await rana.Call("Join", channel, null)).GetProperty("revision").GetInt64() + (what == "posted" ? 1 : 0);

        var error = Assert.IsType<LiveException>(await Record.ExceptionAsync(async () => await rana.Call("Post", channel, new { clientMessageId = Guid.NewGuid(), body = "not so", attachmentIds = await Ids(what, own, rana, channel) })));

        Assert.Equal("invalid", error.Code);
        Assert.Contains(what is "eleven" or "twice" ? "at most ten files" : "attach it again", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await rana.Call("Join", channel, null)).GetProperty("revision").GetInt64());
        Assert.Equal(1L, await Hub.Scalar<long>("select count(*) from attachments where id = $1 and message_id is null", own));
    }

    [Fact]
    public async Task In_one_batch_posts_with_and_without_files_are_judged_alone()
    {
        var channel = await Hub.ChannelOf(Slug);
        using var browser = await Hub.Browser(People.Rana);
        await using var rana = await Hub.Live(People.Rana);
        var files = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            files.Add(await browser.Attachment(Slug, $"Batch {i}.txt"));
        }
        var from = (await rana.Call("Join", channel, null)).GetProperty("revision").GetInt64();

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Code(() => (i % 4) switch
        {
            0 => Post(rana, channel, $"with {i}", Guid.NewGuid(), [files[i / 4]]),
            1 => Post(rana, channel, $"absent {i}", Guid.NewGuid(), [Guid.NewGuid()]),
            _ => rana.Post(channel, $"without {i}"),
        })));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 4 == 1 ? "invalid" : null), codes);
        Assert.Equal(Enumerable.Range(1, 15).Select(step => from + step), (await Hub.Stored(channel, from)).Select(message => message.Revision));
    }

    [Fact]
    public async Task The_full_size_takes_the_small_pictures_place_once_and_everybody_sees_it()
    {
        var channel = await Hub.ChannelOf(Slug);
        using var browser = await Hub.Browser(People.Rana);
        using var other = await Hub.Browser(People.Selin);
        var file = await browser.Attachment(Slug, "Market.png", StagedAttachments.Pixel, reduced: true);
        await using var rana = await Hub.Live(People.Rana);
        await using var selin = await hubs.Two.Live(People.Selin);
        await rana.Call("Join", channel, null);
        await selin.Call("Join", channel, null);
        var posted = await Post(rana, channel, "The market", Guid.NewGuid(), [file]);
        await (await other.Become(await other.Uploaded(Slug, "Foreign.png", StagedAttachments.OtherPixel), new { group = Slug, replaces = file })).Problem(404, "not_found");
        await (await browser.Become(await browser.Uploaded(Slug, "Market.txt", "words"u8.ToArray()), new { group = Slug, replaces = file })).Problem(400, "invalid");

        var upload = await browser.Uploaded(Slug, "Market day.png", StagedAttachments.OtherPixel);
        var answers = new List<string>();
        for (var twice = 0; twice < 2; twice++)
        {
            using var answer = await browser.Become(upload, new { group = Slug, replaces = file });
            answers.Add($"{(int)answer.StatusCode} {await answer.Text()}");
        }

        Assert.StartsWith("200 ", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        foreach (var reader in new[] { rana, selin })
        {
            var changed = await Heard(reader, "MessageChanged", posted);
            Assert.Equal((file, "Market day.png"), (changed.Files().Single(), changed.GetProperty("attachments")[0].GetProperty("name").GetString()));
            Assert.Equal(Revision(posted), changed.GetProperty("posted").GetInt64());
        }
        await (await browser.Become(await browser.Uploaded(Slug, "Again.png", StagedAttachments.Pixel), new { group = Slug, replaces = file })).Problem(409, "conflict");
        var channelNow = await Hub.Scalar<long>("select revision from channels where id = $1", channel);
        Assert.Equal(channelNow, await Hub.Scalar<long>("select max(revision) from messages where channel_id = $1", channel));
    }

    private async Task<object[]> Ids(string what, Guid own, LiveClient rana, Guid channel)
    {
        using var browser = await Hub.Browser(what == "another's" ? People.Selin : what == "other group" ? People.Claire : People.Rana);
        switch (what)
        {
            case "another's":
                return [own, await browser.Attachment(Slug, "Hers.txt")];
            case "other group":
                await using (var claire = await Hub.Live(People.Claire))
                {
                    var elsewhere = await browser.Attachment(People.OtherGroup, "Elsewhere.txt");
                    Assert.Equal("invalid", await Code(() => Post(claire, channel, "moved", Guid.NewGuid(), [elsewhere])));
                    return [own, elsewhere];
                }
            case "posted":
                var posted = await browser.Attachment(Slug, "Posted.txt");
                await Post(rana, channel, "first", Guid.NewGuid(), [posted]);
                return [own, posted];
            default:
                return what switch { "absent" => [own, Guid.NewGuid()], "no id" => [own, "nonsense"], "twice" => [own, own], _ => [own, .. Enumerable.Range(0, 10).Select(_ => (object)Guid.NewGuid())] };
        }
    }

    private static Task<JsonElement> Post(LiveClient client, Guid channel, string body, Guid id, IEnumerable<Guid> files) =>
        client.Call("Post", channel, new { clientMessageId = id, body, attachmentIds = files });

    private static Task<JsonElement> Heard(LiveClient client, string target, JsonElement posted) =>
        client.Event(target, e => e.GetProperty("messageId").GetString() == posted.GetProperty("messageId").GetString());

    private static long Revision(JsonElement posted) => posted.GetProperty("revision").GetInt64();

    private static async Task<string?> Code(Func<Task> call) => (await Record.ExceptionAsync(call) as LiveException)?.Code;
}
