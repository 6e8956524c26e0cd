using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Mail;

/// <summary>The link at the foot of a reminder (invitations, rule 24; RFC 8058).</summary>
public sealed class UnsubscribeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Looking_changes_nothing_and_one_click_stops_the_reminders_at_once()
    {
        await Remind(People.Emre);
        var link = await Link(People.Emre);
        using var program = Hub.ApiWith(null);
        Assert.Contains("Bu e-postaları durdur", await program.Text(link), StringComparison.Ordinal);
        Assert.Equal(0, await Stopped(People.Emre));

        using var answer = await program.Send(HttpMethod.Post, link, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
        Assert.Equal((200, false), ((int)answer.StatusCode, answer.Headers.Contains("Set-Cookie")));
        Assert.Equal(1, await Stopped(People.Emre));
        using var again = await program.Send(HttpMethod.Post, link, new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } });
        Assert.Equal((200, 1), ((int)again.StatusCode, await Stopped(People.Emre)));

        var before = (await Reminders(People.Emre)).Count;
        await Remind(People.Emre, People.Selin);
        Assert.Equal(before, (await Reminders(People.Emre)).Count);
        Assert.NotEmpty(await Reminders(People.Selin));
        Assert.Equal(3, (await Hub.MailTo(People.Emre)).Count(mail => mail.GetProperty("kind").GetString() is "invitation" or "webinar-reminder"));
    }

    [Fact]
    public async Task A_person_presses_the_button_on_the_page()
    {
        await Remind(People.Lina);
        var link = await Link(People.Lina);
        // Somebody else may be signed in there: the page is for whom the mail was written to.
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        Assert.Contains("إيقاف هذه الرسائل", await browser.Text(link), StringComparison.Ordinal);
        using var answer = await browser.Send(HttpMethod.Post, link, Forms.Content());
        Assert.Contains("لن تصلكم تذكيرات أخرى بالندوات", await answer.Text(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (await Stopped(People.Lina), await Stopped(People.Claire)));
        // By mistake, perhaps: the same page gives them back.
        using var resumed = await browser.Send(HttpMethod.Post, link + "?handler=again", Forms.Content());
        Assert.Contains("إيقاف هذه الرسائل", await resumed.Text(), StringComparison.Ordinal);
        Assert.Equal(0, await Stopped(People.Lina));
    }

    [Fact]
    public async Task No_other_token_stops_anything()
    {
        using var client = Hub.ApiWith(null);
        var token = Secret.New();
        await Hub.Execute("insert into invitation_links (hash, invitation_id, purpose, created_at) select $1, id, 'answer', now() from invitations limit 1", Secret.Hash(Secret.Answer, token));
        foreach (var one in new[] { token, Secret.New(), "x" })
        {
            Assert.Equal((404, 404), ((int)(await client.Get($"/unsubscribe/{one}")).StatusCode, (int)(await client.Send(HttpMethod.Post, $"/unsubscribe/{one}", Forms.Content())).StatusCode));
        }
    }

    /// <summary>A webinar in two hours, then an hour goes by.</summary>
    private async Task Remind(params string[] people)
    {
        var services = Hub.App.Services;
        var startsAt = services.GetRequiredService<HubClock>().GetUtcNow().AddHours(2).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        _ = (await services.GetRequiredService<WebinarService>().Create(await Hub.PersonId(People.Claire), "hmln", new("Soon", startsAt, "UTC", 30), new(People: people), publish: true, TestContext.Current.CancellationToken)).Value;
        using var client = Hub.ApiWith(null);
        (await client.Post("/demo/clock", new { advance = "PT1H" })).EnsureSuccessStatusCode();
    }

    private async Task<List<string>> Reminders(string email) =>
        [.. (await Hub.MailTo(email)).Where(mail => mail.GetProperty("kind").GetString() == "webinar-reminder").Select(mail => mail.GetProperty("id").GetString()!)];

    private async Task<string> Link(string email)
    {
        var eml = Encoding.ASCII.GetString(await Hub.Eml((await Reminders(email))[0])).Replace("\r\n ", " ", StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", eml, StringComparison.Ordinal);
        var header = eml.Split("\r\n").Single(line => line.StartsWith("List-Unsubscribe:", StringComparison.Ordinal));
        return new Uri(header.Split('<', '>')[1]).AbsolutePath;
    }

    private async Task<long> Stopped(string email) =>
        await Hub.Scalar<long>("select count(*) from unsubscribed where person_id = $1 and kind = 'webinar-reminder'", await Hub.PersonId(email));
}
