using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Signing in by a mailed link (ASVS 6.5, 6.6, 7.2).</summary>
public sealed class SignInTests(SignInHub fixture) : IClassFixture<SignInHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Looking_at_a_link_neither_signs_in_nor_burns_it_the_button_signs_in_once()
    {
        var link = await Hub.LinkByMail(People.Rana);
        using var browser = Hub.BrowserWith(null);

        Assert.Equal(HttpStatusCode.OK, (await browser.Get(link)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Send(HttpMethod.Head, link)).StatusCode);
        Assert.Equal("/sign-in", (await browser.Get("/")).Headers.Location?.ToString());

        var used = await browser.PostForm(link, link);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (used.StatusCode, used.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/")).StatusCode);

        using var second = Hub.BrowserWith(null);
        Assert.Equal(HttpStatusCode.NotFound, (await second.PostForm("/sign-in", link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await second.Get(link)).StatusCode);
        Assert.Equal("/sign-in", (await second.Get("/")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_link_lives_ten_minutes()
    {
        var link = await Hub.LinkByMail(People.Selin);
        using var browser = Hub.BrowserWith(null);
        var token = await browser.FormToken(link);
        await fixture.Later(TimeSpan.FromSeconds(590), async () => Assert.Equal(HttpStatusCode.OK, (await browser.Get(link)).StatusCode));
        await fixture.Later(TimeSpan.FromSeconds(601), async () =>
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(link)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Send(HttpMethod.Post, link, Forms.Content(("__RequestVerificationToken", token)))).StatusCode);
        });
    }

    [Fact]
    public async Task Of_many_posts_at_once_one_signs_in()
    {
        var link = await Hub.LinkByMail(People.Emre);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var browser = Hub.BrowserWith(null);
            return (await browser.PostForm("/sign-in", link)).StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.Redirect);
        Assert.Equal(7, answers.Count(one => one == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Unknown_and_known_addresses_get_the_same_answer()
    {
        var known = await Hub.AskForLink(People.Lina);
        var unknown = await Hub.AskForLink("nobody.at.all@example.org");
        Assert.Equal(await Shape(known), await Shape(unknown));
        Assert.Equal("/sign-in/sent?lang=en", unknown.Headers.Location?.ToString());
        await Eventually.True(async () => (await Hub.MailTo(People.Lina)).Count > 0, "the known address gets its mail");
        await Eventually.True(async () => await Waiting() == 0, "every request is answered");
        Assert.Empty(await Hub.MailTo("nobody.at.all@example.org"));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ar")]
    [InlineData("tr")]
    public async Task The_mail_comes_within_seconds_in_the_persons_language(string language)
    {
        var email = await Hub.Db(db => Task.FromResult(db.People.First(p => p.Language == language && p.Email != People.Rana).Email));
        var asked = await Hub.AskForLink(email, language == "en" ? "tr" : "en");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        await Eventually.True(async () => (await Hub.MailTo(email)).Count > 0, "the mail arrives", 5);
        var mail = (await Hub.MailTo(email))[0];
        Assert.Equal(Texts.Shared.For(language)["mail.sign-in.subject"], mail.GetProperty("subject").GetString());
        Assert.Equal((language, "sign-in"), (mail.GetProperty("language").GetString(), mail.GetProperty("kind").GetString()));
        Assert.Equal("sign-in", mail.GetProperty("about").GetProperty("kind").GetString());
        Assert.Contains(Texts.Shared.For(language)["mail.sign-in.why"], SignIns.Text(await Hub.Eml(mail.GetProperty("id").GetString()!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_may_ask_five_times_in_fifteen_minutes()
    {
        const string Somebody = "asks.often@example.org";
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await Hub.AskForLink(Somebody)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Hub.AskForLink(" Asks.Often@Example.ORG ")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await Hub.AskForLink("asks.once@example.org")).StatusCode);
        await fixture.Later(TimeSpan.FromMinutes(16), async () => Assert.Equal(HttpStatusCode.Redirect, (await Hub.AskForLink(Somebody)).StatusCode));
    }

    [Fact]
    public async Task Asking_at_the_same_moment_does_not_slip_past_the_limit()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Hub.AskForLink("asks.at.once@example.org")));
        Assert.Equal(5, answers.Count(one => one.StatusCode == HttpStatusCode.Redirect));
        Assert.Equal(15, answers.Count(one => one.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b")]
    [InlineData("a@example.org,b@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("\"a\" <a@example.org>")]
    public async Task What_is_no_address_is_refused(string email) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Hub.AskForLink(email)).StatusCode);

    [Fact]
    public async Task Signing_in_again_ends_the_session_that_was_there()
    {
        var before = await Hub.SessionOf(People.Rana);
        using var browser = Hub.BrowserWith(before);
        var link = await NewLink(People.Rana);
        var after = (await browser.PostForm(link, link)).Cookie();
        Assert.NotEqual(before, after);
        using var old = Hub.BrowserWith(before);
        Assert.Equal("/sign-in", (await old.Get("/")).Headers.Location?.ToString());
        using var now = Hub.BrowserWith(after);
        Assert.Equal(HttpStatusCode.OK, (await now.Get("/")).StatusCode);
    }

    [Fact]
    public async Task No_token_stands_in_the_database()
    {
        var link = (await Hub.LinkByMail(People.Claire)).Split('/')[^1].Split('?')[0];
        var (session, access) = ((await Hub.SessionOf(People.Claire)).Split('=')[1], await Hub.Token(People.Claire));
        // The outbox keeps the mails themselves; a mail without its link would be none.
        var dump = await TableDump.Of(Hub.Source, "emails.content", "mailbox.content");
        Assert.Contains(People.Claire, dump["people"], StringComparison.Ordinal);
        foreach (var token in new[] { link, session, access })
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(token);
            string[] forms = [token, Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes)];
            Assert.Empty(dump.Where(table => forms.Any(form => table.Value.Contains(form, StringComparison.Ordinal))).Select(table => table.Key));
        }
    }

    [Fact]
    public async Task No_token_works_in_anothers_place()
    {
        var link = (await NewLink(People.Rana)).Split('/')[^1].Split('?')[0];
        var (session, access) = ((await Hub.SessionOf(People.Rana)).Split('=')[1], await Hub.Token(People.Rana));
        foreach (var wrong in new[] { link, session })
        {
            using var api = Hub.ApiWith(wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, (await api.Get("/api/v1/me")).StatusCode);
        }
        foreach (var wrong in new[] { link, access })
        {
            using var browser = Hub.BrowserWith("twinhub=" + wrong);
            Assert.Equal("/sign-in", (await browser.Get("/")).Headers.Location?.ToString());
        }
        foreach (var wrong in new[] { session, access })
        {
            using var browser = Hub.BrowserWith(null);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/sign-in/" + wrong)).StatusCode);
        }
    }

    private async Task<string> NewLink(string email) =>
        new Uri(await Hub.App.Services.GetRequiredService<SignInService>().MakeLink(await Hub.PersonId(email), TestContext.Current.CancellationToken)).PathAndQuery;

    private async Task<long> Waiting()
    {
        await using var command = Hub.Source.CreateCommand("select count(*) from sign_in_requests where answered_at is null");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<string> Shape(HttpResponseMessage answer) =>
        $"{answer.StatusCode} {answer.Headers.Location} {string.Join(',', answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal))} {await answer.Text()}";
}
