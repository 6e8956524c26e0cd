using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Rooms of webinars under way, and what people do in them by plain forms.</summary>
public static class RoomVisits
{
    /// <summary>A webinar that begins in five minutes, to which these people come.</summary>
    public static async Task<Guid> OpenRoom(this TestHub hub, params string[] emails)
    {
        var webinar = await hub.Stage("Under way", hub.Now().AddMinutes(5), new() { JoinUrl = "https://meet.example.org/under-way" });
        foreach (var email in emails)
        {
            await hub.Invite(webinar, email, Invitation.Accepted);
        }
        return webinar;
    }

    /// <summary>Saves an agenda of the facilitator's and gives its slots in order.</summary>
    public static async Task<List<AgendaSlot>> Agenda(this TestHub hub, Guid webinar, params SlotInput[] slots)
    {
        var saved = await hub.App.Services.GetRequiredService<AgendaService>().Save(await hub.PersonId(People.Claire), webinar, slots, TestContext.Current.CancellationToken);
        Assert.Null(saved.Refusal);
        return await hub.Slots(webinar);
    }

    public static Task<List<AgendaSlot>> Slots(this TestHub hub, Guid webinar) => hub.Db(db => db.AgendaSlots.Where(s => s.WebinarId == webinar).OrderBy(s => s.Position).AsNoTracking().ToListAsync());

    /// <summary>Presses a button of a room; the page comes back where it was taken.</summary>
    public static Task<HttpResponseMessage> Press(this HttpClient browser, Guid webinar, string handler, params (string Name, string Value)[] fields) =>
        browser.PostForm($"/webinars/{webinar}/room", $"/webinars/{webinar}/room?handler={handler}", fields);

    public static async Task<IHtmlDocument> Room(this HttpClient browser, Guid webinar)
    {
        var answer = await browser.Get($"/webinars/{webinar}/room");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Text());
    }

    /// <summary>The session behind a mailed room link, as its cookie carries it.</summary>
    public static async Task<string> RoomPass(this TestHub hub, Guid invitation) =>
        (await hub.App.Services.GetRequiredService<RoomDoor>().Open(await hub.MailedLink(invitation, Secret.Room), TestContext.Current.CancellationToken)).Value.Token;
}
