using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Demo;

/// <summary>The demo's clock moved over the end of a quarter: it opens, mails go out, one press from a mail stops them.</summary>
public sealed class DemoQuarterTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private readonly TestHub _hub = fixture.Hub;

    [Fact]
    public async Task A_quarter_opens_is_chased_and_stops_with_an_answer()
    {
        using var browser = _hub.BrowserWith(null);
        var (now, paris) = (_hub.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        var opens = Quarter.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, paris).DateTime), 1).OpensOn;
        await Advance(browser, opens.ToDateTime(new TimeOnly(12, 0)) - now.UtcDateTime + TimeSpan.FromDays(10));

        var mails = await Reminders(browser);
        var hosts = await _hub.Db(db => Task.FromResult(db.Groups.Where(g => db.Networks.Any(n => n.Id == g.NetworkId && n.Slug == "hmln")).Select(g => g.Slug).ToHashSet()));
        var owed = await _hub.Db(db => Task.FromResult(db.GroupPartners.Count(p => db.Groups.Any(g => g.Id == p.GroupId && g.Status == "active" && g.StartsOn < opens && g.NetworkId == db.Networks.First(n => n.Slug == "hmln").Id))));
        Assert.Equal(owed, mails.Count(mail => hosts.Contains(mail.Group!)));
        Assert.All(mails, mail => Assert.Equal("open", mail.Step));

        var first = mails.First(mail => mail.Group == People.TheirGroup);
        var link = (await browser.Text($"/demo/mailbox/{first.Id}")).Split("/updates/")[1].Split('"', '<', '&', ' ')[0];
        using var filed = await browser.Send(HttpMethod.Post, $"/updates/{link}", Forms.Content(("what", "draft")));
        Assert.Equal($"/updates/{link}", filed.Headers.Location?.ToString());
        await Advance(browser, TimeSpan.FromDays(30));

        var all = await Reminders(browser);
        Assert.Equal(2, all.Count(mail => mail.Group == People.TheirGroup));
        Assert.Contains(all, mail => mail.Group == People.OtherGroup && mail.Step == "+7");
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    private static async Task Advance(HttpClient browser, TimeSpan by) =>
        (await browser.Post("/demo/clock", new { advance = System.Xml.XmlConvert.ToString(by) })).EnsureSuccessStatusCode();

    private static async Task<List<Mail>> Reminders(HttpClient browser) =>
        [.. (await (await browser.Get("/demo/mailbox.json?limit=10000")).Json()).EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "register-reminder")
            .Select(one => new Mail(one.GetProperty("id").GetString()!, one.GetProperty("to").GetString()!, one.GetProperty("about").GetProperty("group").GetString(), one.GetProperty("about").GetProperty("step").GetString()!))];

    private sealed record Mail(string Id, string To, string? Group, string Step);
}
