using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Rooms;

/// <summary>The mailed way into a room: opened by a press alone, and good for that room alone.</summary>
public sealed class EnterTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Looking_opens_nothing_and_a_press_opens_that_room_and_no_other_page()
    {
        var (webinar, other) = (await Hub.OpenRoom(People.Claire), await Hub.OpenRoom(People.Rana));
        var token = await Hub.MailedLink(await Hub.Invite(webinar, People.Rana, Invitation.Accepted), Secret.Room);
        using var guest = Hub.BrowserWith(null);
        Assert.Equal(HttpStatusCode.OK, (await guest.Get($"/rooms/{token}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guest.Get($"/rooms/{token}")).StatusCode);
        Assert.Equal(0, await Sessions(webinar));

        var opened = await guest.Send(HttpMethod.Post, $"/rooms/{token}");
        Assert.Equal($"/webinars/{webinar}/room", opened.Headers.Location?.ToString());
        Assert.Equal(1, await Sessions(webinar));
        Assert.Contains("Under way", await guest.Text($"/webinars/{webinar}/room"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await guest.PostForm($"/webinars/{webinar}/room", $"/webinars/{webinar}/room?handler=hand", ("up", "true"))).StatusCode);
        foreach (var page in new[] { "/", "/account", "/webinars", $"/webinars/{webinar}", $"/webinars/{other}", $"/groups/{People.TheirGroup}", "/networks" })
        {
            Assert.StartsWith("/sign-in", (await guest.Get(page)).Headers.Location?.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal("/rooms/over", (await guest.Get($"/webinars/{other}/room")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await guest.Get("/api/v1/me")).StatusCode);
    }

    [Theory]
    [InlineData(Secret.Answer)]
    [InlineData(Secret.Unsubscribe)]
    public async Task A_link_of_another_purpose_opens_no_room(string purpose)
    {
        var webinar = await Hub.OpenRoom();
        var token = await Hub.MailedLink(await Hub.Invite(webinar, People.Rana, Invitation.Accepted), purpose);
        using var guest = Hub.BrowserWith(null);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.Send(HttpMethod.Post, $"/rooms/{token}")).StatusCode);
        Assert.Equal(0, await Sessions(webinar));
    }

    [Fact]
    public async Task Who_says_no_afterwards_or_is_taken_off_is_out_at_once()
    {
        foreach (var end in new[] { "update invitations set response = 'declined', holds_seat = false where id = $1", "update invitations set removed_at = now(), response = 'none', via = null, holds_seat = false where id = $1" })
        {
            var webinar = await Hub.OpenRoom();
            var invitation = await Hub.Invite(webinar, People.Rana, Invitation.Accepted);
            using var inside = Hub.BrowserWith($"twinhub-room={await Hub.RoomPass(invitation)}");
            Assert.Equal(HttpStatusCode.OK, (await inside.Get($"/webinars/{webinar}/room")).StatusCode);
            await Hub.Execute(end, invitation);
            Assert.Equal("/rooms/over", (await inside.Get($"/webinars/{webinar}/room")).Headers.Location?.ToString());
        }
    }

    [Theory]
    [InlineData(20, Invitation.Accepted, HttpStatusCode.OK)]
    [InlineData(5, Invitation.None, HttpStatusCode.OK)]
    [InlineData(-400, Invitation.Accepted, HttpStatusCode.Gone)]
    public async Task Where_the_room_is_not_open_the_page_says_why(int minutes, string response, HttpStatusCode expected)
    {
        var webinar = await Hub.Stage("Another time", Hub.Now().AddMinutes(minutes));
        var token = await Hub.MailedLink(await Hub.Invite(webinar, People.Rana, response), Secret.Room);
        using var guest = Hub.BrowserWith(null);
        var page = await guest.Get($"/rooms/{token}");
        Assert.Equal(expected, page.StatusCode);
        Assert.DoesNotContain("<button", await page.Text(), StringComparison.Ordinal);
        Assert.Equal($"/rooms/{token}", (await guest.Send(HttpMethod.Post, $"/rooms/{token}")).Headers.Location?.ToString());
        Assert.Equal(0, await Sessions(webinar));
    }

    [Fact]
    public async Task The_session_stands_in_no_clear_text_in_the_database()
    {
        var webinar = await Hub.OpenRoom();
        var pass = await Hub.RoomPass(await Hub.Invite(webinar, People.Rana, Invitation.Accepted));
        Assert.DoesNotContain((await TableDump.Of(Hub.Source)).Values, rows => rows.Contains(pass, StringComparison.Ordinal));
    }

    private Task<int> Sessions(Guid webinar) => Hub.Db(db => db.RoomSessions.CountAsync(s => db.Invitations.Any(i => i.Id == s.InvitationId && i.WebinarId == webinar)));
}
