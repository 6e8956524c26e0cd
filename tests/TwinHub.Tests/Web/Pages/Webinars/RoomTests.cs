using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

/// <summary>The room of a webinar by plain forms, as it works without a script.</summary>
public sealed class RoomTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData(16, Invitation.Accepted, "closed")]
    [InlineData(14, Invitation.Accepted, "open")]
    [InlineData(14, Invitation.Tentative, "closed")]
    [InlineData(14, Invitation.Waiting, "closed")]
    [InlineData(14, Invitation.Declined, "closed")]
    [InlineData(-329, Invitation.Accepted, "open")]
    [InlineData(-331, Invitation.Accepted, "closed")]
    public async Task It_is_open_to_who_said_yes_from_a_quarter_before_until_four_hours_after(int minutes, string response, string expected)
    {
        var webinar = await Hub.Stage("Times", Hub.Now().AddMinutes(minutes));
        await Hub.Invite(webinar, People.Rana, response);
        using var rana = await Hub.Browser(People.Rana);
        var answer = await rana.Get($"/webinars/{webinar}/room");
        Assert.Equal(expected == "open" ? HttpStatusCode.OK : HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected == "open" ? null : $"/webinars/{webinar}", answer.Headers.Location?.ToString());
        var asked = await Press(rana, webinar, "ask", ("key", Guid.NewGuid().ToString()), ("body", "May I?"));
        Assert.Equal($"/webinars/{webinar}{(expected == "open" ? "/room" : "")}", asked.Headers.Location?.ToString());
        Assert.Equal(expected == "open" ? 1 : 0, await Hub.Db(db => db.RoomQuestions.CountAsync(q => q.WebinarId == webinar)));
    }

    [Fact]
    public async Task The_same_question_is_asked_once_and_others_vote_for_it()
    {
        var webinar = await Hub.OpenRoom(People.Rana, People.Emre);
        using var rana = await Hub.Browser(People.Rana);
        using var emre = await Hub.Browser(People.Emre);
        var key = Guid.NewGuid();
        Assert.Equal(HttpStatusCode.Redirect, (await rana.Press(webinar, "ask", ("key", key.ToString()), ("body", "Who pays?"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await rana.Press(webinar, "ask", ("key", key.ToString()), ("body", "Who pays?"))).StatusCode);
        await rana.Press(webinar, "ask", ("key", Guid.NewGuid().ToString()), ("body", "When do we meet?"));

        Assert.Equal(HttpStatusCode.NotFound, (await rana.Press(webinar, "vote", ("question", key.ToString()), ("on", "true"))).StatusCode);
        await emre.Press(webinar, "vote", ("question", (await Questions(webinar)).Single(q => q.Body == "When do we meet?").Id.ToString()), ("on", "true"));
        await emre.Press(webinar, "vote", ("question", (await Questions(webinar)).Single(q => q.Body == "When do we meet?").Id.ToString()), ("on", "true"));

        var rows = (await rana.Room(webinar)).QuerySelectorAll("#room-questions li");
        Assert.Equal(["When do we meet?", "Who pays?"], rows.Select(row => row.QuerySelector("[dir=auto]")!.TextContent));
        Assert.Equal(["1", "0"], rows.Select(row => row.QuerySelector(".votes")!.TextContent.Trim()));
        await emre.Press(webinar, "vote", ("question", (await Questions(webinar)).Single(q => q.Body == "When do we meet?").Id.ToString()), ("on", "false"));
        Assert.Equal(0, await Hub.Db(db => db.QuestionVotes.CountAsync(v => db.RoomQuestions.Any(q => q.Id == v.QuestionId && q.WebinarId == webinar))));
    }

    [Fact]
    public async Task A_question_that_cannot_be_taken_is_kept_and_explained()
    {
        var webinar = await Hub.OpenRoom(People.Rana);
        using var rana = await Hub.Browser(People.Rana);
        var answer = await rana.Press(webinar, "ask", ("key", Guid.NewGuid().ToString()), ("body", new string('x', 501)));
        var page = new HtmlParser().ParseDocument(await answer.Text());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("500", page.QuerySelector("#room-questions [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(501, page.QuerySelector("#question")!.GetAttribute("value")!.Length);
        Assert.Empty(await Questions(webinar));
    }

    [Fact]
    public async Task Markup_in_a_question_is_text()
    {
        var webinar = await Hub.OpenRoom(People.Rana);
        using var rana = await Hub.Browser(People.Rana);
        await rana.Press(webinar, "ask", ("key", Guid.NewGuid().ToString()), ("body", "<img src=x onerror=alert(1)>"));
        Assert.Null((await rana.Room(webinar)).QuerySelector("#room-questions img"));
    }

    [Fact]
    public async Task The_organiser_leads_through_the_agenda_one_slot_at_a_time()
    {
        var webinar = await Hub.OpenRoom(People.Rana);
        var slots = await Hub.Agenda(webinar, new(null, "Welcome", "Claire", 10), new(null, "Taking stock", "", 5, People.TheirGroup), new(null, "Goodbye", "", 5));
        using var claire = await Hub.Browser(People.Claire);
        using var rana = await Hub.Browser(People.Rana);
        foreach (var slot in slots)
        {
            await claire.Press(webinar, "begin", ("slot", slot.Id.ToString()));
            Assert.Equal(slot.Id, Assert.Single(await Hub.Slots(webinar), one => one.IsPresent).Id);
            var shown = (await rana.Room(webinar)).QuerySelector("#now")!.TextContent;
            Assert.Contains(slot.GroupId is null ? slot.Title : "Gaziantep", shown, StringComparison.Ordinal);
        }
        // Back to one that was held, then to the end.
        await claire.Press(webinar, "begin", ("slot", slots[0].Id.ToString()));
        await claire.Press(webinar, "end");
        Assert.All(await Hub.Slots(webinar), slot => Assert.NotNull(slot.EndedAt));
        Assert.Null((await rana.Room(webinar)).QuerySelector("form[action$='handler=begin']"));
    }

    [Fact]
    public async Task What_a_group_says_in_its_slot_stands_in_its_discussion()
    {
        var webinar = await Hub.OpenRoom(People.Rana, People.Lina);
        var slot = (await Hub.Agenda(webinar, new SlotInput(null, "Taking stock", "", 5, People.TheirGroup)))[0];
        using var claire = await Hub.Browser(People.Claire);
        await claire.Press(webinar, "begin", ("slot", slot.Id.ToString()));
        using var rana = await Hub.Browser(People.Rana);
        using var lina = await Hub.Browser(People.Lina);
        Assert.NotNull((await rana.Room(webinar)).QuerySelector("#note"));
        Assert.Null((await lina.Room(webinar)).QuerySelector("#note"));
        var fields = new[] { ("slot", slot.Id.ToString()), ("key", Guid.NewGuid().ToString()), ("body", "The survey of workshops is done.") };
        Assert.Equal(HttpStatusCode.Redirect, (await rana.Press(webinar, "note", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await rana.Press(webinar, "note", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await lina.Press(webinar, "note", ("slot", slot.Id.ToString()), ("key", Guid.NewGuid().ToString()), ("body", "Not ours."))).StatusCode);

        Assert.Equal("The survey of workshops is done.", Assert.Single(await Hub.Db(db => db.StockUpdates.Where(u => u.SlotId == slot.Id).Select(u => u.Body).ToListAsync())));
        var channel = await Hub.ChannelOf(People.TheirGroup);
        var said = await Hub.Db(db => db.Messages.Where(m => m.ChannelId == channel && m.Body.Contains("The survey of workshops is done.")).Select(m => m.Body).ToListAsync());
        Assert.StartsWith("**Taking stock at [HMLN Webinar] Under way**", Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains("The survey of workshops is done.", (await lina.Room(webinar)).QuerySelector(".update")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The survey of workshops is done.", await rana.Text($"/groups/{People.TheirGroup}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_counts_one_vote_each_which_may_be_changed_until_it_closes()
    {
        var webinar = await Hub.OpenRoom(People.Rana, People.Emre);
        using var claire = await Hub.Browser(People.Claire);
        using var rana = await Hub.Browser(People.Rana);
        using var emre = await Hub.Browser(People.Emre);
        Assert.Equal(HttpStatusCode.BadRequest, (await claire.Press(webinar, "poll", ("question", "Visit in spring?"), ("choices", "Yes"), ("choices", ""))).StatusCode);
        await claire.Press(webinar, "poll", ("question", "Visit in spring?"), ("choices", "Yes"), ("choices", "No"), ("choices", ""));
        var poll = await Hub.Db(db => db.RoomPolls.Where(p => p.WebinarId == webinar).Select(p => p.Id).SingleAsync());
        await rana.Press(webinar, "choose", ("poll", poll.ToString()), ("choice", "1"));
        await rana.Press(webinar, "choose", ("poll", poll.ToString()), ("choice", "0"));
        await emre.Press(webinar, "choose", ("poll", poll.ToString()), ("choice", "0"));
        Assert.Equal(HttpStatusCode.BadRequest, (await emre.Press(webinar, "choose", ("poll", poll.ToString()), ("choice", "2"))).StatusCode);
        Assert.Equal(["2", "0"], (await rana.Room(webinar)).QuerySelectorAll("#room-polls .num").Select(number => number.TextContent));
        await claire.Press(webinar, "closePoll", ("poll", poll.ToString()));
        Assert.Equal(HttpStatusCode.Conflict, (await emre.Press(webinar, "choose", ("poll", poll.ToString()), ("choice", "1"))).StatusCode);
        Assert.Equal(2, await Hub.Db(db => db.PollVotes.CountAsync(v => v.PollId == poll && v.Choice == 0)));
    }

    [Fact]
    public async Task Hands_stand_in_their_order_and_only_the_organiser_sees_whose_they_are()
    {
        var webinar = await Hub.OpenRoom(People.Rana, People.Emre);
        using var claire = await Hub.Browser(People.Claire);
        using var rana = await Hub.Browser(People.Rana);
        using var emre = await Hub.Browser(People.Emre);
        await emre.Press(webinar, "hand", ("up", "true"));
        await rana.Press(webinar, "hand", ("up", "true"));
        await rana.Press(webinar, "hand", ("up", "true"));
        Assert.Contains("place 2", (await rana.Room(webinar)).QuerySelector("#room-hands")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Emre", (await rana.Room(webinar)).QuerySelector("#room-hands")!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal(["Emre Yıldız", "Rana Khoury"], (await claire.Room(webinar)).QuerySelectorAll("#room-hands li b").Select(name => name.TextContent));
        await claire.Press(webinar, "lower", ("person", (await Hub.PersonId(People.Emre)).ToString()));
        Assert.Contains("place 1", (await rana.Room(webinar)).QuerySelector("#room-hands")!.TextContent, StringComparison.Ordinal);
        await rana.Press(webinar, "hand", ("up", "false"));
        Assert.Equal(0, await Hub.Db(db => db.RaisedHands.CountAsync(h => h.WebinarId == webinar)));
    }

    [Fact]
    public async Task Opening_the_meeting_leads_there_and_is_noted()
    {
        var webinar = await Hub.OpenRoom(People.Rana);
        using var rana = await Hub.Browser(People.Rana);
        Assert.Equal("https://meet.example.org/under-way", (await rana.Press(webinar, "meeting")).Headers.Location?.ToString());
        Assert.Equal(RoomVisit.Meeting, await Hub.Db(db => db.RoomVisits.Where(v => v.WebinarId == webinar).Select(v => v.Via).SingleAsync()));
    }

    [Fact]
    public async Task Parts_alone_are_the_parts_of_the_page()
    {
        var webinar = await Hub.OpenRoom(People.Rana);
        using var rana = await Hub.Browser(People.Rana);
        var parts = new HtmlParser().ParseDocument(await rana.Text($"/webinars/{webinar}/room?handler=parts&what=questions&what=hands&what=nonsense"));
        Assert.Equal(["room-questions", "room-hands"], parts.QuerySelectorAll("body > div").Select(part => part.Id));
        Assert.DoesNotContain("<html", await rana.Text($"/webinars/{webinar}/room?handler=parts&what=questions"), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> Press(HttpClient browser, Guid webinar, string handler, params (string, string)[] fields) =>
        browser.PostForm("/account", $"/webinars/{webinar}/room?handler={handler}", fields);

    private Task<List<RoomQuestion>> Questions(Guid webinar) => Hub.Db(db => db.RoomQuestions.Where(q => q.WebinarId == webinar).AsNoTracking().ToListAsync());
}
