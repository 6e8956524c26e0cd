using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Core.Lessons;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Lessons;

public sealed class LessonPagesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Group = "/groups/" + People.TheirGroup, List = Group + "/register/lessons", Given = Group + "/register/contributions";

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_message_is_marked_by_plain_forms_and_its_marker_asked_who_at_home_must_hear()
    {
        var message = await Hub.Say(People.Selin, "Ask first where they sell");
        using var rana = await Hub.Browser(People.Rana);
        var sign = (await Read(rana, Group)).QuerySelector($"#m-{message} a.mark")!.GetAttribute("href")!;
        var marked = await rana.PostForm(sign, sign, ("kind", "practice"), ("on", "true"));
        var lesson = marked.Headers.Location!.ToString();
        var asked = await Read(rana, lesson);
        Assert.Equal("Ask first where they sell", asked.QuerySelector(".lesson .said p")!.TextContent);
        Assert.Single(asked.QuerySelectorAll(".btn-primary"));

        var named = await rana.PostForm(lesson, lesson + "?handler=name", [.. Hidden(asked), ("Input.Audience", "Chamber of trade"), ("Input.DueOn", Day(await Hub.Today()))]);
        Assert.Equal(lesson, named.Headers.Location?.ToString());
        var row = (await Read(rana, List)).QuerySelector($"#l-{lesson.Split('/')[^1]} .told li")!;
        Assert.Contains("Chamber of trade", row.TextContent, StringComparison.Ordinal);
        var done = await rana.PostForm(List, lesson + "?handler=row", ("row", row.Id![2..]), ("act", "done"), ("back", "list"));
        Assert.StartsWith(List + "#l-", done.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Rana Khoury", (await Read(rana, List)).QuerySelector($"#{row.Id} .chip.in + .m2")!.TextContent, StringComparison.Ordinal);

        var chip = (await Read(rana, Group)).QuerySelector($"#m-{message} .marks [data-kind=practice]");
        Assert.Equal("Good practice", chip?.TextContent);
        Assert.Equal(["practice"], (await Marks(rana)).GetProperty(message.ToString()).EnumerateArray().Select(kind => kind.GetString()));
        await rana.PostForm(sign, sign, ("kind", "practice"), ("on", "false"));
        Assert.False((await Marks(rana)).TryGetProperty(message.ToString(), out _));
    }

    [Fact]
    public async Task What_is_late_is_said_in_words_and_leads_to_where_it_was_said()
    {
        var lesson = await Hub.Lesson();
        var row = await Hub.Get<DisseminationService>().Name(await Hub.PersonId(People.Rana), People.TheirGroup, lesson, new(Guid.NewGuid(), await Hub.Side(People.Rana), "Mayor's office", await Hub.Today()), TestContext.Current.CancellationToken);
        await Hub.Execute("update disseminations set due_on = due_on - 5 where id = $1", row.Value);
        using var selin = await Hub.Browser(People.Selin);
        var card = (await Read(selin, List)).QuerySelector($"#l-{lesson}")!;
        Assert.Equal("Overdue", card.QuerySelector(".chip.late")!.TextContent);
        Assert.Contains("5 days ago", card.TextContent, StringComparison.Ordinal);
        // Tripoli's people are Tripoli's to tell.
        Assert.Empty(card.QuerySelectorAll("form"));
        var place = card.QuerySelector("a[href*='#m-']")!.GetAttribute("href")!;
        Assert.NotNull((await Read(selin, place.Split('#')[0])).QuerySelector("#" + place.Split('#')[1]));
    }

    [Fact]
    public async Task A_refused_form_comes_back_with_what_was_typed()
    {
        using var rana = await Hub.Browser(People.Rana);
        var id = Guid.NewGuid().ToString();
        var page = Parse(await (await Refused(rana, List, List, ("Input.Id", id), ("Input.Kind", "decision"), ("Input.Text", " "))).Text());
        Assert.Equal(id, page.QuerySelector("[name='Input.Id']")!.GetAttribute("value"));
        Assert.Equal("decision", page.QuerySelector("[name='Input.Kind'] [selected]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("#Input-Text-error"));

        var lesson = $"{List}/{await Hub.Lesson()}";
        page = Parse(await (await Refused(rana, lesson, lesson + "?handler=name", [.. Hidden(await Read(rana, lesson)), ("Input.Audience", "Council"), ("Input.DueOn", "2020-01-01")])).Text());
        Assert.Equal(("Council", "2020-01-01"), (Value(page, "Input.Audience"), Value(page, "Input.DueOn")));
        Assert.NotNull(page.QuerySelector("#Input-DueOn-error"));

        page = Parse(await (await Refused(rana, Given, Given, ("Input.Id", id), ("Input.Text", ""), ("Input.HappenedOn", "2020-01-01"))).Text());
        Assert.Equal("2020-01-01", Value(page, "Input.HappenedOn"));
        Assert.NotNull(page.QuerySelector("#Input-Text-error"));
    }

    [Fact]
    public async Task The_receiving_side_presses_once_and_the_tallies_count_it()
    {
        await Hub.Did("Compost plant", await Hub.Side(People.Rana), (await Hub.Today()).AddDays(-2));
        using var rana = await Hub.Browser(People.Rana);
        Assert.Empty((await Read(rana, Given)).QuerySelectorAll(".giving-rows form"));
        using var selin = await Hub.Browser(People.Selin);
        var before = Tallies(await Read(selin, Given));
        var key = (await Read(selin, Given)).QuerySelector(".giving-rows [name=key]")!.GetAttribute("value")!;
        Assert.Equal(Given, (await selin.PostForm(Given, Given + "?handler=settle", ("key", key), ("confirmed", "true"))).Headers.Location?.ToString());
        var page = await Read(selin, Given);
        Assert.Equal([("Tripoli", before[0].Given + 1, before[0].Gained), ("Gaziantep", before[1].Given, before[1].Gained + 1)], Tallies(page));
        Assert.Equal(2, page.QuerySelectorAll("svg.giving").Length);
        Assert.Equal(HttpStatusCode.NotFound, (await selin.PostForm(Given, Given + "?handler=settle", ("key", "nonsense"), ("confirmed", "true"))).StatusCode);
    }

    [Fact]
    public async Task Time_runs_from_the_right_in_Arabic()
    {
        var id = Guid.NewGuid();
        using var selin = await Hub.Browser(People.Selin);
        await selin.PostForm(Given, Given, ("Input.Id", id.ToString()), ("Input.Giver", (await Hub.Side(People.Rana)).ToString()), ("Input.Receiver", (await Hub.Side(People.Selin)).ToString()), ("Input.Text", "Now"), ("Input.HappenedOn", Day(await Hub.Today())));
        var left = await NewestBar(selin);
        await Hub.Execute("update people set language = 'ar' where email = $1", People.Selin);
        using var arabic = await Hub.Browser(People.Selin);
        var right = await NewestBar(arabic);
        await Hub.Execute("update people set language = 'en' where email = $1", People.Selin);
        Assert.True(left > 300 && right < 40, $"{left} in English, {right} in Arabic");
    }

    [Fact]
    public async Task A_list_of_one_kind_shows_no_other()
    {
        var (lesson, decision) = (await Hub.Lesson(), await Hub.Lesson(kind: "decision"));
        using var rana = await Hub.Browser(People.Rana);
        var page = await Read(rana, List + "?kind=decision");
        Assert.NotNull(page.QuerySelector($"#l-{decision}"));
        Assert.Null(page.QuerySelector($"#l-{lesson}"));
    }

    [Fact]
    public async Task An_observer_reads_and_is_offered_nothing_to_change()
    {
        const string slug = "nablus-saida";
        await Hub.Lesson("samah.anabtawi@nablus.example.org", slug);
        using var karim = await Hub.Browser("karim.hammoud@saida.example.org");
        foreach (var path in new[] { $"/groups/{slug}", $"/groups/{slug}/register/lessons", $"/groups/{slug}/register/contributions" })
        {
            var page = await Read(karim, path);
            Assert.Empty(page.QuerySelectorAll("main form[method=post], .msg a.mark"));
        }
    }

    private static (string Partner, int Given, int Gained)[] Tallies(IHtmlDocument page) =>
        [.. page.QuerySelectorAll(".tallies tbody tr").Select(row => row.QuerySelectorAll("th, .num").Select(cell => cell.TextContent.Trim()).ToList()).Select(cells => (cells[0], Number(cells[1]), Number(cells[2])))];

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<double> NewestBar(HttpClient browser) =>
        (await Read(browser, Given)).QuerySelectorAll("svg.giving .given").Select(bar => double.Parse(bar.GetAttribute("x")!, System.Globalization.CultureInfo.InvariantCulture)).Last();

    private static async Task<System.Text.Json.JsonElement> Marks(HttpClient browser) => await (await browser.Get(Group + "/marks?from=0")).Json();

    private static async Task<HttpResponseMessage> Refused(HttpClient browser, string page, string action, params (string, string)[] fields)
    {
        var answer = await browser.PostForm(page, action, fields);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return answer;
    }

    private static async Task<IHtmlDocument> Read(HttpClient browser, string path) => Parse(await browser.Text(path));

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string? Value(IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']")?.GetAttribute("value");

    /// <summary>What the form that asks who must hear carries unseen.</summary>
    private static (string, string)[] Hidden(IHtmlDocument page) => [.. page.QuerySelectorAll("#home [type=hidden][name^=Input]").Select(field => (field.GetAttribute("name")!, field.GetAttribute("value")!))];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
