using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Webinars.Rooms;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>What people do in a room by plain forms.</summary>
public static class RoomVisits
{
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
