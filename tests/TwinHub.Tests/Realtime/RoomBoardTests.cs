using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>The live side of a room: who is in it hears what changes on any node, and their attendance is kept as intervals.</summary>
public sealed class RoomBoardTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly TwoHubs _hubs = new(postgres);

    private TestHub One => _hubs.One;

    private TestHub Two => _hubs.Two;

    public ValueTask InitializeAsync() => _hubs.InitializeAsync();

    public ValueTask DisposeAsync() => _hubs.DisposeAsync();

    [Fact]
    public async Task A_change_at_one_node_is_told_in_the_room_at_the_other_and_nowhere_else()
    {
        var (webinar, other) = (await One.OpenRoom(People.Rana, People.Emre), await One.OpenRoom(People.Lina));
        await using var emre = await Two.Live(People.Emre);
        await emre.Call("EnterRoom", webinar);
        await using var lina = await Two.Live(People.Lina);
        await lina.Call("EnterRoom", other);
        using var rana = await One.Browser(People.Rana);
        await rana.Press(webinar, "ask", ("key", Guid.NewGuid().ToString()), ("body", "Can you hear me?"));

        var told = await emre.Event("RoomChanged", e => Parts(e).Contains("questions"));
        Assert.Equal(webinar, told.GetProperty("webinarId").GetGuid());
        await rana.Press(webinar, "hand", ("up", "true"));
        await emre.Event("RoomChanged", e => Parts(e).Contains("hands"));
        Assert.DoesNotContain(lina.Events, e => e.Target == "RoomChanged" && e.Argument.GetProperty("webinarId").GetGuid() == webinar);
    }

    [Fact]
    public async Task Who_has_no_seat_does_not_get_in()
    {
        var webinar = await One.OpenRoom();
        await One.Invite(webinar, People.Emre, Invitation.Tentative);
        await using var emre = await One.Live(People.Emre);
        Assert.Equal("not_allowed", (await Assert.ThrowsAsync<LiveException>(() => emre.Call("EnterRoom", webinar))).Code);
        await using var lina = await One.Live(People.Lina);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => lina.Call("EnterRoom", webinar))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => lina.Call("EnterRoom", "nonsense"))).Code);
        Assert.Equal("closed", (await Assert.ThrowsAsync<LiveException>(async () => await emre.Call("EnterRoom", await Early()))).Code);
    }

    [Fact]
    public async Task Being_there_is_one_interval_with_two_devices_and_a_short_absence()
    {
        var webinar = await One.OpenRoom(People.Rana);
        var phone = await One.Live(People.Rana);
        await phone.Call("EnterRoom", webinar);
        await Eventually.True(async () => (await Visits(webinar)) is [{ LeftAt: null }], "the visit begins");
        var desk = await Two.Live(People.Rana);
        await desk.Call("EnterRoom", webinar);
        await phone.DisposeAsync();
        var began = (await Visits(webinar))[0];
        await Eventually.True(async () => (await Visits(webinar)) is [{ LeftAt: null } one] && one.SeenAt > began.SeenAt.AddSeconds(2), "the other device renews it");

        await desk.DisposeAsync();
        await Eventually.True(async () => (await Visits(webinar)) is [{ LeftAt: not null }], "the visit ends");
        await using var back = await One.Live(People.Rana);
        await back.Call("EnterRoom", webinar);
        await Eventually.True(async () => (await Visits(webinar)) is [{ LeftAt: null }], "the same visit goes on");
        Assert.Equal(began.JoinedAt, (await Visits(webinar))[0].JoinedAt);

        await One.Execute("update room_visits set joined_at = joined_at - interval '1 hour', seen_at = seen_at - interval '1 hour' where webinar_id = $1", webinar);
        await Eventually.True(async () => (await Visits(webinar)).Count == 2, "after a long silence another one begins");
        Assert.Single(await Visits(webinar), visit => visit.LeftAt is null);
    }

    [Fact]
    public async Task A_node_that_dies_leaves_no_one_in_the_room()
    {
        var webinar = await One.OpenRoom();
        var rana = await One.PersonId(People.Rana);
        await One.Execute("insert into room_visits (id, webinar_id, person_id, via, joined_at, seen_at) values (gen_random_uuid(), $1, $2, 'room', now() - interval '10 minutes', now() - interval '2 minutes')", webinar, rana);
        await Eventually.True(async () => (await Visits(webinar)) is [{ LeftAt: not null }], "the visit ends");
        var ended = (await Visits(webinar))[0];
        Assert.Equal(ended.SeenAt, ended.LeftAt);
    }

    [Fact]
    public async Task Who_is_taken_off_is_shown_the_door_and_hears_nothing_more()
    {
        var webinar = await One.OpenRoom(People.Rana, People.Emre);
        await using var emre = await Two.Live(People.Emre);
        await emre.Call("EnterRoom", webinar);
        await using var rana = await Two.Live(People.Rana);
        await rana.Call("EnterRoom", webinar);
        var person = await One.PersonId(People.Emre);
        var invitation = await One.Db(db => db.Invitations.Where(i => i.WebinarId == webinar && i.PersonId == person).Select(i => i.Id).SingleAsync());
        await One.App.Services.GetRequiredService<InvitationService>().Remove(await One.PersonId(People.Claire), webinar, invitation, TestContext.Current.CancellationToken);

        await emre.Event("RoomChanged", e => Parts(e).Contains("closed"));
        var heard = emre.Events.Count;
        using var browser = await One.Browser(People.Rana);
        await browser.Press(webinar, "hand", ("up", "true"));
        await rana.Event("RoomChanged", e => Parts(e).Contains("hands"));
        Assert.DoesNotContain(emre.EventsFrom(heard), e => e.Target == "RoomChanged");
    }

    [Fact]
    public async Task A_rooms_session_calls_nothing_else_of_the_hub()
    {
        var (webinar, other) = (await One.OpenRoom(), await One.OpenRoom(People.Rana));
        var pass = await One.RoomPass(await One.Invite(webinar, People.Rana, Invitation.Accepted));
        await using var guest = await LiveClient.ConnectToRoom(One.Url, webinar, pass);
        await guest.Call("EnterRoom", webinar);
        var channel = await One.ChannelOf(People.TheirGroup);
        foreach (var (method, arguments) in new (string, object?[])[] { ("Join", [channel, null]), ("Post", [channel, new { clientMessageId = Guid.NewGuid(), body = "in?" }]), ("Watch", [People.TheirGroup]), ("MarkRead", [channel, 1]), ("Typing", [channel]), ("EnterRoom", [other]) })
        {
            Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => guest.Call(method, arguments))).Code);
        }
        await Assert.ThrowsAnyAsync<Exception>(() => LiveClient.ConnectToRoom(One.Url, other, pass));
        await One.Execute("update people set disabled_at = now() where id in (select person_id from invitations where webinar_id = $1)", webinar);
        await Assert.ThrowsAnyAsync<Exception>(() => LiveClient.ConnectToRoom(One.Url, webinar, pass));
    }

    [Fact]
    public async Task Two_hundred_people_hear_of_a_question_and_read_it_within_seconds()
    {
        const int people = 200;
        var webinar = await One.OpenRoom();
        await One.Execute("""
            with new as (insert into people (id, email, name, language, time_zone, created_at) select gen_random_uuid(), 'crowd-' || n || '@example.org', 'Guest ' || n, 'ar', 'Asia/Amman', now() from generate_series(1, $2) n returning id)
            insert into invitations (id, webinar_id, person_id, invited_at, response, via, responded_at, holds_seat) select gen_random_uuid(), $1, id, now(), 'accepted', 'page', now(), true from new
            """, webinar, people);
        var invitations = await One.Db(db => db.Invitations.Where(i => i.WebinarId == webinar).Select(i => i.Id).ToListAsync());
        var passes = invitations.ConvertAll(_ => Secret.New());
        await One.Change(db =>
        {
            db.RoomSessions.AddRange(invitations.Zip(passes, (invitation, pass) => new RoomSession(Secret.Hash(Secret.RoomSession, pass), invitation, DateTimeOffset.UtcNow)));
            return Task.FromResult(true);
        });
        var crowd = await Task.WhenAll(passes.Select((pass, n) => Enter(n % 2 == 0 ? One : Two, webinar, pass)));
        await Eventually.True(async () => await One.Db(db => db.RoomVisits.CountAsync(v => v.WebinarId == webinar && v.LeftAt == null)) == people, "all are there");

        using var claire = await One.Browser(People.Claire);
        var watch = Stopwatch.StartNew();
        await claire.Press(webinar, "ask", ("key", Guid.NewGuid().ToString()), ("body", "Does everybody hear me?"));
        await Task.WhenAll(crowd.Select((one, n) => Read(one, n % 2 == 0 ? One : Two, webinar, passes[n])));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        Assert.Equal(200, Assert.Single(await Count(claire, webinar)));
        foreach (var one in crowd)
        {
            await one.DisposeAsync();
        }
    }

    private static async Task<LiveClient> Enter(TestHub hub, Guid webinar, string pass)
    {
        var client = await LiveClient.ConnectToRoom(hub.Url, webinar, pass);
        await client.Call("EnterRoom", webinar);
        return client;
    }

    private static async Task Read(LiveClient one, TestHub hub, Guid webinar, string pass)
    {
        await one.Event("RoomChanged", e => Parts(e).Contains("questions"));
        using var browser = hub.BrowserWith($"twinhub-room={pass}");
        Assert.Contains("Does everybody hear me?", await browser.Text($"/webinars/{webinar}/room?handler=parts&what=questions"), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<int>> Count(HttpClient browser, Guid webinar) =>
        [int.Parse(new string([.. (await browser.Room(webinar)).QuerySelector("#room-people p")!.TextContent.Where(char.IsDigit)]), System.Globalization.CultureInfo.InvariantCulture)];

    private async Task<Guid> Early()
    {
        var webinar = await One.Stage("Tomorrow", One.InDays(1));
        await One.Invite(webinar, People.Emre, Invitation.Accepted);
        return webinar;
    }

    private static List<string> Parts(JsonElement changed) => [.. changed.GetProperty("what").EnumerateArray().Select(part => part.GetString()!)];

    private Task<List<RoomVisit>> Visits(Guid webinar) => One.Db(db => db.RoomVisits.Where(v => v.WebinarId == webinar).OrderBy(v => v.JoinedAt).AsNoTracking().ToListAsync());
}
