using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

public sealed class EditTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_draft_is_changed_and_sent_with_one_button()
    {
        var draft = await Hub.Webinar(publish: false);
        using var browser = await Hub.Browser(People.Claire);

        using var answer = await browser.PostForm(Edit(draft), Edit(draft), WebinarPages.Filled("send", ("Version", "1"), ("Input.Title", "Changed and sent"), ("Invite.People", People.Lina)));

        Assert.Equal($"/webinars/{draft.Id}/answers", answer.Headers.Location?.ToString());
        var present = await Hub.Present(draft.Id);
        Assert.Equal(("Changed and sent", Webinar.Scheduled), (present.Title, present.State));
        var lina = await Hub.PersonId(People.Lina);
        var invitations = await Hub.Invitations(draft.Id);
        Assert.Contains(invitations, invitation => invitation.PersonId == lina);
        Assert.All(invitations, invitation => Assert.NotNull(invitation.EmailId));
    }

    [Fact]
    public async Task Who_changes_an_old_version_sees_the_newer_values_beside_what_was_typed()
    {
        var draft = await Hub.Webinar(publish: false);
        using var browser = await Hub.Browser(People.Claire);
        using var first = await browser.PostForm(Edit(draft), Edit(draft), WebinarPages.Filled("draft", ("Version", "1"), ("Input.Title", "The newer title"), ("Input.Location", "Marseille")));
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);

        using var stale = await browser.PostForm(Edit(draft), Edit(draft), WebinarPages.Filled("draft", ("Version", "1"), ("Input.Title", "Typed meanwhile")));

        var page = await stale.Document(HttpStatusCode.Conflict);
        Assert.Contains("The newer title", page.Words(".newer"), StringComparison.Ordinal);
        Assert.Contains("Marseille", page.Words(".newer"), StringComparison.Ordinal);
        Assert.Equal("Typed meanwhile", page.QuerySelector("#Input-Title")!.GetAttribute("value"));
        Assert.Equal("The newer title", (await Hub.Present(draft.Id)).Title);

        using var again = await browser.PostForm(Edit(draft), Edit(draft), WebinarPages.Filled("draft", ("Version", page.QuerySelector("input[name=Version]")!.GetAttribute("value")!), ("Input.Title", "Typed meanwhile")));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal("Typed meanwhile", (await Hub.Present(draft.Id)).Title);
    }

    [Fact]
    public async Task A_second_click_on_the_same_change_finds_it_done()
    {
        var draft = await Hub.Webinar(publish: false);
        using var browser = await Hub.Browser(People.Claire);
        var fields = WebinarPages.Filled("send", ("Version", "1"), ("Input.Title", "Clicked twice"));
        using var first = await browser.PostForm(Edit(draft), Edit(draft), fields);
        using var second = await browser.PostForm(Answers(draft), Edit(draft), fields);
        Assert.Equal((HttpStatusCode.Redirect, first.Headers.Location), (second.StatusCode, second.Headers.Location));
        Assert.Equal(0, (await Hub.Present(draft.Id)).Sequence);
    }

    [Fact]
    public async Task A_list_that_is_refused_changes_nothing_else_either()
    {
        var draft = await Hub.Webinar(publish: false);
        using var browser = await Hub.Browser(People.Claire);
        using var answer = await browser.PostForm(Edit(draft), Edit(draft), WebinarPages.Filled("send", ("Version", "1"), ("Input.Title", "Not this"), ("Invite.People", "nobody@nowhere.example.org")));
        Assert.Contains("Somebody named here", (await answer.Document(HttpStatusCode.BadRequest)).Words("#Invite-People-error"), StringComparison.Ordinal);
        Assert.Equal(("Twinning Arrangements", Webinar.Draft), ((await Hub.Present(draft.Id)).Title, (await Hub.Present(draft.Id)).State));
    }

    [Fact]
    public async Task A_field_that_is_emptied_is_empty()
    {
        var draft = await Hub.Webinar(publish: false, seats: 20);
        using var browser = await Hub.Browser(People.Claire);
        using var answer = await browser.PostForm(Edit(draft), Edit(draft), WebinarPages.Filled("draft", ("Version", "1"), ("Input.Capacity", ""), ("Input.JoinUrl", ""), ("Input.Aims", "")));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var present = await Hub.Present(draft.Id);
        Assert.Null(present.Capacity);
        Assert.Null(present.JoinUrl);
        Assert.Empty(present.Aims);
    }

    [Fact]
    public async Task Another_time_of_an_announced_webinar_is_asked_anew()
    {
        var webinar = await Hub.Webinar(publish: true);
        using var browser = await Hub.Browser(People.Claire);
        using var answer = await browser.PostForm(Edit(webinar), Edit(webinar), WebinarPages.Filled("save", ("Version", "2"), ("Input.Time", "14:00")));
        Assert.Equal(Answers(webinar), answer.Headers.Location?.ToString());
        Assert.Equal(1, (await Hub.Present(webinar.Id)).Sequence);
    }

    [Fact]
    public async Task A_cancelled_webinar_has_no_form_any_more()
    {
        var webinar = await Hub.Webinar(publish: false);
        using var browser = await Hub.Browser(People.Claire);
        using var cancelled = await browser.PostForm("/account", $"{Answers(webinar)}?handler=cancel", ("version", "1"));
        using var form = await browser.Get(Edit(webinar));
        Assert.Equal((Answers(webinar), Answers(webinar)), (cancelled.Headers.Location?.ToString(), form.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("en", "Twinning Arrangements")]
    [InlineData("ar", "Twinning Arrangements")]
    public async Task The_mail_can_be_seen_in_each_language_before_it_goes(string language, string title)
    {
        var draft = await Hub.Webinar(publish: false);
        using var browser = await Hub.Browser(People.Claire);
        var mails = await Hub.Db(db => db.Emails.CountAsync(e => e.Subject.Contains("Twinning")));
        var page = await (await browser.Get($"/webinars/{draft.Id}/mail?language={language}")).Document();
        Assert.Equal(language, page.QuerySelector(".letter")!.GetAttribute("lang"));
        Assert.Contains(title, page.Words(".letter"), StringComparison.Ordinal);
        Assert.Equal(mails, await Hub.Db(db => db.Emails.CountAsync(e => e.Subject.Contains("Twinning"))));
    }

    private static string Edit(Webinar webinar) => $"/webinars/{webinar.Id}/edit";

    private static string Answers(Webinar webinar) => $"/webinars/{webinar.Id}/answers";
}
