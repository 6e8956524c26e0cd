using TwinHub.Core.Documents;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Documents;

/// <summary>What changes among the documents is told in the discussion: one message for many changes, each once.</summary>
public sealed class DocumentAnnouncerTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Slug = People.TheirGroup;

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_changes_of_one_person_are_one_message_and_what_was_deleted_is_left_out()
    {
        var channel = await Hub.ChannelOf(Slug);
        using var browser = await Hub.Browser(People.Rana);
        await using var selin = await Hub.Live(People.Selin);
        var from = (await selin.Call("Join", channel, null)).GetProperty("revision").GetInt64();
        var documents = new List<Guid>();
        foreach (var name in new[] { "Strategy.txt", "Gone.txt", "Minutes.txt", "List.txt" })
        {
            documents.Add(await browser.Document(Slug, name, "written"u8.ToArray()));
        }
        await browser.Version(Slug, documents[0], "Strategy.txt", "written anew"u8.ToArray());
        await Hub.Execute("update documents set deleted_at = now(), deleted_by = created_by where id = $1", documents[1]);
        Assert.Equal(0, await Hub.Get<DocumentAnnouncer>().AnnounceDue(Cancel));

        await Announce();

        var told = await selin.Event("MessagePosted", e => e.GetProperty("attachments").GetArrayLength() == 3);
        Assert.Equal(["Minutes.txt", "List.txt", "Strategy.txt"], told.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        Assert.Equal([1, 1, 2], told.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("version").GetInt32()));
        Assert.Equal("", told.GetProperty("body").GetString());
        Assert.Equal(await Hub.PersonId(People.Rana), told.GetProperty("author").GetProperty("id").GetGuid());
        Assert.Equal(from + 1, (await selin.Call("Join", channel, null)).GetProperty("revision").GetInt64());

        // In the bin: its name stays, the way to it does not.
        await Hub.Execute("update documents set deleted_at = now(), deleted_by = created_by where id = $1", documents[2]);
        var later = (await selin.Call("Join", channel, from)).GetProperty("messages")[0].GetProperty("attachments")[0];
        Assert.Equal(("Minutes.txt", System.Text.Json.JsonValueKind.Null), (later.GetProperty("name").GetString(), later.GetProperty("documentId").ValueKind));
        await Hub.Execute("delete from documents where id = $1", documents[2]);
        Assert.Equal(3, (await selin.Call("Join", channel, from)).GetProperty("messages")[0].GetProperty("attachments").GetArrayLength());
    }

    [Fact]
    public async Task More_than_a_message_carries_says_how_many_more()
    {
        using var browser = await Hub.Browser(People.Selin);
        await using var rana = await Hub.Live(People.Rana);
        await rana.Call("Join", await Hub.ChannelOf(Slug), null);
        for (var i = 1; i <= 12; i++)
        {
            await browser.Document(Slug, $"Street {i}.txt", "written"u8.ToArray());
        }

        await Announce();

        var told = await rana.Event("MessagePosted", e => e.GetProperty("body").GetString() == "… +2");
        Assert.Equal(Enumerable.Range(3, 10).Select(i => $"Street {i}.txt"), told.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_was_said_before_a_crash_is_not_said_again_and_what_came_since_is_not_lost()
    {
        using var browser = await Hub.Browser(People.Emre);
        await using var rana = await Hub.Live(People.Rana);
        await rana.Call("Join", await Hub.ChannelOf(Slug), null);
        var first = await browser.Document(Slug, "Before.txt", "written"u8.ToArray());
        await Hub.Execute("create table kept_news as select * from document_news where document_id = $1", first);
        await Announce();
        await rana.Event("MessagePosted", e => e.GetProperty("attachments").GetArrayLength() == 1);
        // The message is durable, the end of its news was not: another change comes meanwhile.
        await Hub.Execute("insert into document_news overriding system value select * from kept_news");
        await browser.Document(Slug, "Since.txt", "written"u8.ToArray());
        await Hub.Execute("update document_news set at = at + interval '1 minute' where person_id = $1 and document_id <> $2", await Hub.PersonId(People.Emre), first);
        Hub.Time.Offset += TimeSpan.FromMinutes(3);

        await Announce();

        await rana.Event("MessagePosted", e => e.GetProperty("attachments").EnumerateArray().Any(file => file.GetProperty("name").GetString() == "Since.txt"));
        Assert.Equal(1L, await Hub.Scalar<long>("select count(distinct message_id) from attachments where name = 'Before.txt' and message_id is not null"));
        Assert.Equal(0L, await Hub.Scalar<long>("select count(*) from attachments where message_id is null"));
    }

    /// <summary>Lets the stillness pass and runs the sweep until nothing waits.</summary>
    private async Task Announce()
    {
        await Hub.Execute("update document_news set at = at - interval '1 minute'");
        await Eventually.True(async () =>
        {
            await Hub.Get<DocumentAnnouncer>().AnnounceDue(Cancel);
            return await Hub.Scalar<long>("select count(*) from document_news") == 0;
        }, "all news are told");
    }
}
