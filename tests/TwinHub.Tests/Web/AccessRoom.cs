using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>A webinar under way, for the matrix: what a request changes is made for it.</summary>
public sealed class AccessRoom
{
    private readonly TestHub _hub;
    private string _link = "", _deadLink = "";
    private Guid _slot;

    private AccessRoom(TestHub hub) => _hub = hub;

    public Guid Webinar { get; private set; }

    public static async Task<AccessRoom> Open(TestHub hub, string disabled, params string[] emails)
    {
        var room = new AccessRoom(hub) { Webinar = await hub.Stage("Under way", hub.Now().AddMinutes(5), new() { JoinUrl = "https://meet.example.org/matrix" }) };
        foreach (var email in emails)
        {
            await hub.Invite(room.Webinar, email, Invitation.Accepted);
        }
        room._link = await hub.MailedLink(await hub.Invite(room.Webinar, People.Emre, Invitation.Accepted), Secret.Room);
        room._deadLink = await hub.MailedLink(await hub.Invite(room.Webinar, disabled, Invitation.Accepted), Secret.Room);
        var claire = await hub.PersonId(People.Claire);
        var saved = await hub.App.Services.GetRequiredService<AgendaService>().Save(claire, room.Webinar, [new(null, "Taking stock", "", 5, People.TheirGroup)], TestContext.Current.CancellationToken);
        Assert.Null(saved.Refusal);
        room._slot = await hub.Db(db => Task.FromResult(db.AgendaSlots.Single(s => s.WebinarId == room.Webinar).Id));
        return room;
    }

    /// <summary>The disabled person's own link; somebody's for all others.</summary>
    public string Link(string role) => role == "disabled" ? _deadLink : _link;

    /// <summary>The fields of one of the room's forms.</summary>
    public async Task<(string, string)[]> Form(string handler) => handler switch
    {
        "ask" => [("key", Guid.NewGuid().ToString()), ("body", "Matrix?")],
        "vote" or "answered" or "hide" => [("question", (await Question()).ToString()), ("on", "true")],
        "hand" => [("up", "true")],
        "lower" => [("person", (await Hand()).ToString())],
        "poll" => [("question", "Matrix?"), ("choices", "Yes"), ("choices", "No")],
        "choose" or "closePoll" => [("poll", (await Poll()).ToString()), ("choice", "0")],
        "begin" => [("slot", _slot.ToString())],
        "note" => [("slot", _slot.ToString()), ("key", Guid.NewGuid().ToString()), ("body", "We are on our way.")],
        _ => [],
    };

    private async Task<Guid> Question()
    {
        var asker = await _hub.PersonId(People.Emre);
        return await _hub.Change(db => Task.FromResult(db.RoomQuestions.Add(new(Guid.NewGuid(), Webinar, asker, "Matrix?", _hub.Now())).Entity.Id));
    }

    private async Task<Guid> Hand()
    {
        var person = await _hub.PersonId(People.Emre);
        await _hub.Execute("insert into room_hands (webinar_id, person_id, raised_at) values ($1, $2, now()) on conflict do nothing", Webinar, person);
        return person;
    }

    private Task<Guid> Poll() => _hub.Change(db => Task.FromResult(db.RoomPolls.Add(new(Webinar, "Matrix?", ["Yes", "No"], _hub.Now())).Entity.Id));
}
