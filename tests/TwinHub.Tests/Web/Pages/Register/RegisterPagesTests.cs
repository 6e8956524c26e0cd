using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Register;

public sealed class RegisterPagesTests(HubFixture fixture) : IClassFixture<HubFixture>, IAsyncLifetime
{
    private const string Saida = "nablus-saida", Adana = "tripoli-adana";

    private TestHub Hub => fixture.Hub;

    public async ValueTask InitializeAsync()
    {
        if (await Hub.Db(db => Task.FromResult(db.QuarterlyUpdates.Any())))
        {
            return;
        }
        await Hub.Entry(Saida, "Two old towns <script>alert(1)</script>", "Visit of the loan office", "Walk the market first", "Öğrenilen ders: sabır");
        await Hub.Quarter(Saida, "2024-Q2", People.Rana, new("", "", "", ""));
        await Hub.Quarter(Saida, "2024-Q3", People.Rana, new("Forty traders came.", "Ask the traders first", "", ""), ("activity_done", "Met in Nablus"), ("lesson", "Interpreters help"));
        await Hub.Quarter(Saida, "2024-Q4", null, new("zzdraft", "zzdraft", "zzdraft", ""), ("note", "zzdraft"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_list_shows_every_group_of_the_network_with_its_newest_quarter()
    {
        var page = await Page("/register", People.Rana);
        Assert.Equal(11, page.QuerySelectorAll(".entries > li").Length);
        var row = page.QuerySelector($".entries a[href='/register/{Saida}']")!.ParentElement!;
        Assert.Equal(("Nablus · Saida", "Q4 2024", "Missed"), (row.QuerySelector("b")!.TextContent, row.QuerySelector(".newest .m")!.TextContent, row.QuerySelector(".newest .chip")!.TextContent));
        Assert.Contains("11 twinning groups", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll(".btn-primary"));
    }

    [Theory]
    [InlineData("q=sabir", "1")]
    [InlineData("q=%D8%B5%D9%8A%D8%AF%D8%A7", "1")]
    [InlineData("q=zzdraft", "0")]
    [InlineData("q=traders&country=LB&status=active&activity=visit&kind=municipality", "1")]
    [InlineData("q=traders&country=TR", "0")]
    [InlineData("year=abc&status=nonsense%00", "0")]
    [InlineData("year=abc&country=", "11")]
    [InlineData("after=tripoli-adana", "2")]
    public async Task A_search_is_an_address(string query, string rows)
    {
        var page = await Page("/register?network=hmln&" + query, People.Rana);
        Assert.Equal(rows, page.QuerySelectorAll(".entries > li").Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(rows == "0", page.QuerySelector("p[role=status] a[href='/register?network=hmln']")?.ParentElement?.TextContent.StartsWith("No entry matches", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task An_entry_reads_like_a_report_of_its_newest_submitted_quarter()
    {
        var page = await Page("/register/" + Saida, People.Rana);
        var paper = page.QuerySelector(".paper")!;
        Assert.Equal(["Twinning arrangement", "What happened this quarter", "Activities", "Progress of the strategy", "Good practices", "Lessons learned", "Contact information"], paper.QuerySelectorAll("h2").Select(heading => heading.TextContent));
        Assert.Contains("update 2 · July–September 2024", paper.TextContent, StringComparison.Ordinal);
        Assert.Contains("Two old towns <script>alert(1)</script>", paper.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Met in Nablus", "Visit of the loan office"], paper.QuerySelectorAll(".dots [dir=auto]").Select(line => line.TextContent));
        Assert.Equal(["Walk the market first", "Ask the traders first", "Öğrenilen ders: sabır"], paper.QuerySelectorAll(".quote [dir=auto]").Select(line => line.TextContent));
        Assert.Contains("Submitted by Rana Khoury on 13 Oct 2024.", paper.TextContent, StringComparison.Ordinal);
        Assert.Equal(["October–December 2024 Missed", "July–September 2024 Submitted", "April–June 2024 No change"], page.QuerySelectorAll(".hist > li").Select(one => $"{one.QuerySelector("b")!.TextContent} {one.QuerySelector(".chip")!.TextContent}"));
        Assert.Equal([$"/register/{Saida}/2024-Q3", $"/register/{Saida}/2024-Q2"], page.QuerySelectorAll(".hist a").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain("zzdraft", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        // Who is in another group reads, and has nothing to change here.
        Assert.Null(page.QuerySelector($"a[href='/register/{Saida}/edit'], a[href='/groups/{Saida}']"));
    }

    [Fact]
    public async Task Every_past_quarter_stays_readable_as_the_same_paper()
    {
        var third = (await Page($"/register/{Saida}/2024-Q3", People.Rana)).QuerySelector(".paper")!;
        Assert.Equal(["Ask the traders first", "Interpreters help"], third.QuerySelectorAll(".quote [dir=auto]").Select(line => line.TextContent));
        Assert.Contains("Forty traders came.", third.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing to report this quarter.", (await Page($"/register/{Saida}/2024-Q2", People.Rana)).QuerySelector(".paper")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inventory_gathers_what_all_groups_have_learned()
    {
        var page = await Page("/register/practices", People.Rana);
        Assert.Equal(3, page.QuerySelectorAll(".noted > li").Length);
        var found = await Page("/register/practices?network=hmln&q=traders&kind=practice&country=LB", People.Rana);
        var row = Assert.Single(found.QuerySelectorAll(".noted > li"));
        Assert.Contains("July–September 2024", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("/register/" + Saida, row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Nothing matches", (await Page("/register/practices?q=zzdraft", People.Rana)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_texts_are_written_on_a_plain_form_and_a_conflict_keeps_what_was_typed()
    {
        using var rana = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var path = $"/register/{Adana}/edit";
        var form = await Page(path, People.Rana);
        Assert.Equal(["Twinning arrangement", "Progress of the strategy"], form.QuerySelectorAll("label").Select(label => label.TextContent));
        var fields = Fields(form, "Harvest together");
        using var saved = await rana.PostForm(path, path, fields);
        Assert.Equal("/register/" + Adana, saved.Headers.Location?.ToString());
        // The second click of the same form.
        using var again = await rana.PostForm(path, path, fields);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);

        using var claire = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        using var late = await claire.PostForm(path, path, Fields(form, "Typed meanwhile"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var conflict = new HtmlParser().ParseDocument(await late.Text());
        Assert.Equal("Typed meanwhile", ((IHtmlTextAreaElement)conflict.QuerySelector("textarea")!).Value);
        Assert.Contains("Harvest together", conflict.QuerySelector(".meanwhile")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("alert", conflict.QuerySelector(".help.err")!.GetAttribute("role"));
        using var replaced = await claire.PostForm(path, path, Fields(conflict, "Typed meanwhile"));
        Assert.Equal(HttpStatusCode.Redirect, replaced.StatusCode);
        Assert.Contains("Typed meanwhile", (await Page("/register/" + Adana, People.Rana)).QuerySelector(".paper")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_text_comes_back_as_it_was_typed()
    {
        using var claire = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        var path = "/register/hebron-mersin/edit";
        var text = new string('x', RegisterTextService.Longest + 1);
        using var refused = await claire.PostForm(path, path, Fields(await Page(path, People.Claire), text));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        var page = new HtmlParser().ParseDocument(await refused.Text());
        Assert.Equal(text, ((IHtmlTextAreaElement)page.QuerySelector("textarea.bad")!).Value);
        Assert.Null(page.QuerySelector(".meanwhile"));
    }

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("json", "application/json")]
    public async Task What_was_found_is_taken_away_as_a_file(string format, string type)
    {
        using var rana = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var link = (await Page("/register?q=traders", People.Rana)).QuerySelectorAll(".files a").Select(a => a.GetAttribute("href")!).Single(href => href.Contains("format=" + format, StringComparison.Ordinal));
        using var file = await rana.Get(link);
        Assert.Equal((HttpStatusCode.OK, type), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("register-hmln-", file.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        if (format == "json")
        {
            Assert.Equal([Saida], (await file.Json()).GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("group").GetString()));
        }
    }

    [Theory]
    [InlineData("/register?network=platforms")]
    [InlineData("/register/italy-albania")]
    [InlineData("/register/export?format=csv&network=platforms")]
    [InlineData("/register/export?format=exe&network=hmln")]
    [InlineData("/register/practices?network=platforms")]
    [InlineData($"/register/{Saida}/2024-Q4")]
    public async Task What_is_not_the_readers_is_not_found(string path)
    {
        using var rana = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        using var answer = await rana.Get(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_empty_register_says_what_to_do_first_and_people_of_several_networks_choose()
    {
        await Hub.Execute("""
            with n as (insert into networks (id, slug, template, tag, names, time_zone, created_at) values (gen_random_uuid(), 'quiet', 'hosts', 'Q', '{"en": "Quiet ones"}', 'UTC', now()) returning id)
            insert into network_roles (network_id, person_id, role) select n.id, $1, 'facilitator' from n
            """, await Hub.PersonId("heja.aziz@sulaymaniyah.example.org"));
        var chosen = await Page("/register?network=quiet", "heja.aziz@sulaymaniyah.example.org");
        Assert.Equal(["hmln", "quiet"], chosen.QuerySelectorAll("select[name=network] option").Select(option => option.GetAttribute("value")));
        Assert.Contains("The register is still empty", chosen.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing has been noted yet", (await Page("/register/practices?network=quiet", "heja.aziz@sulaymaniyah.example.org")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static (string, string)[] Fields(IDocument form, string text) =>
    [
        ("Fields[0].Field", Value(form, "Fields[0].Field")), ("Fields[0].Seen", Value(form, "Fields[0].Seen")), ("Fields[0].Text", text),
        ("Fields[1].Field", Value(form, "Fields[1].Field")), ("Fields[1].Seen", Value(form, "Fields[1].Seen")), ("Fields[1].Text", ""),
    ];

    private static string Value(IDocument form, string name) => form.QuerySelector($"input[name='{name}']")!.GetAttribute("value")!;

    private async Task<IDocument> Page(string path, string email)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(email));
        using var answer = await browser.Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Text());
    }
}
