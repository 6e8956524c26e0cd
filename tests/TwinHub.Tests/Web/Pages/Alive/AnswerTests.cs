using System.Net;
using AngleSharp.Html.Parser;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Alive;

/// <summary>The mailed question how a group is going, answered without signing in.</summary>
public sealed class AnswerTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Looking_records_nothing_and_a_press_records_once()
    {
        var token = await Hub.PersonLink(People.Emre, People.TheirGroup, Secret.Alive);
        using var browser = Hub.BrowserWith(null);
        var page = new HtmlParser().ParseDocument(await browser.Text($"/alive/{token}?answer=help"));
        Assert.Equal("tr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(["well", "help", "pause"], page.QuerySelectorAll("button[name=answer]").Select(button => button.GetAttribute("value")!));
        Assert.Equal(0, await Answers(People.Emre));
        foreach (var answer in new[] { "help", "help", "pause" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await browser.Send(HttpMethod.Post, $"/alive/{token}", Forms.Content(("answer", answer)))).StatusCode);
        }
        Assert.Equal(2, await Answers(People.Emre));
        Assert.Equal("active", await Hub.Scalar<string>("select status from twinning_groups where slug = $1", People.TheirGroup));
        await Hub.Execute("update people set language = 'en' where email = $1", People.Claire);
        using var claire = await Hub.Browser(People.Claire);
        Assert.Single(new HtmlParser().ParseDocument(await claire.Text("/facilitate")).QuerySelectorAll(".board .chip.look"));
        Assert.Equal(2, new HtmlParser().ParseDocument(await claire.Text($"/facilitate/{People.TheirGroup}/history")).QuerySelectorAll("li").Count(line => line.TextContent.Contains("Emre Yıldız answered", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("splendid")]
    public async Task What_is_no_answer_is_asked_again(string answer)
    {
        var token = await Hub.PersonLink(People.Selin, People.TheirGroup, Secret.Alive);
        using var browser = Hub.BrowserWith(null);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Send(HttpMethod.Post, $"/alive/{token}", Forms.Content(("answer", answer)))).StatusCode);
        Assert.Equal(0, await Answers(People.Selin));
    }

    [Theory]
    [InlineData(Secret.Register, "")]
    [InlineData(Secret.Alive, "delete from memberships where person_id = (select id from people where email = 'lina.haddad@zarqa.example.org')")]
    [InlineData(Secret.Alive, "update person_links set created_at = now() - interval '61 days' where person_id = (select id from people where email = 'lina.haddad@zarqa.example.org')")]
    public async Task A_link_of_another_purpose_or_of_who_left_or_too_old_leads_nowhere(string purpose, string happened)
    {
        var token = await Hub.PersonLink(People.Lina, People.OtherGroup, purpose);
        if (happened.Length > 0)
        {
            await Hub.Execute(happened);
        }
        using var browser = Hub.BrowserWith(null);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/alive/{token}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Send(HttpMethod.Post, $"/alive/{token}", Forms.Content(("answer", "well")))).StatusCode);
        Assert.Equal(0, await Answers(People.Lina));
    }

    private Task<long> Answers(string email) => Hub.Scalar<long>("select count(*) from alive_answers a join people p on p.id = a.person_id where p.email = $1", email);
}
