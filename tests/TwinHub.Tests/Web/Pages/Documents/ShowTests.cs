using System.Net;
using TwinHub.Core.Documents;
using TwinHub.Tests.Support;
using Xunit;
using static TwinHub.Tests.Web.Pages.Documents.DocumentPages;

namespace TwinHub.Tests.Web.Pages.Documents;

public sealed class ShowTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Two_people_who_add_a_version_at_once_both_find_theirs_and_both_are_told()
    {
        var document = await Hub.Shelve("Strategy of light.txt", "First draft");
        var page = $"{List}/{document}";
        await using var ears = await Hub.Live(People.Rana);
        await using var theirs = await Hub.Live(People.Selin);
        await ears.Call("Watch", People.TheirGroup);
        await theirs.Call("Watch", People.TheirGroup);
        using var rana = await Hub.Browser(People.Rana);
        using var selin = await Hub.Browser(People.Selin);
        var answers = await Task.WhenAll(
            rana.SendFiles(page, page + "?handler=version", Guid.NewGuid(), ("a.txt", "Tripoli's draft")),
            selin.SendFiles(page, page + "?handler=version", Guid.NewGuid(), ("b.txt", "Gaziantep's draft")));
        Assert.All(answers, answer => Assert.Equal(page, answer.Headers.Location?.ToString()));

        var shown = await rana.Read(page);
        Assert.Equal(["Version 3", "Version 2", "Version 1"], shown.QuerySelectorAll("#versions b").Select(one => one.TextContent));
        Assert.Equal(["Rana Khoury", "Selin Aksoy"], shown.QuerySelectorAll("#versions li").Take(2).Select(one => one.QuerySelector(".m2 bdi")!.TextContent).Order());
        foreach (var client in new[] { ears, theirs })
        {
            await Eventually.True(() => client.Events.Count(e => e.Target == "GroupChanged" && e.Argument.GetProperty("what").GetString() == "documents" && e.Argument.GetProperty("id").GetString() == document.ToString()) >= 2, "both changes are told");
        }

        await rana.Taken(page, page + "?handler=restore", ("number", "1"));
        var restored = (await selin.Read(page)).QuerySelector("#versions li")!;
        Assert.Contains("Version 4", restored.TextContent, StringComparison.Ordinal);
        Assert.Contains("again as version 1", restored.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.PostForm(page, page + "?handler=restore", ("number", "9"))).StatusCode);
    }

    [Fact]
    public async Task Details_are_changed_and_the_ending_stays()
    {
        var (document, folder) = (await Hub.Shelve("Annex.TXT"), await Hub.Folder("Annexes"));
        await Hub.Shelve("Taken.txt", folder: folder);
        var page = $"{List}/{document}";
        using var rana = await Hub.Browser(People.Rana);
        await rana.Taken(page, page + "?handler=details", ("Input.Name", "Annex\u202E of 1/2"), ("Input.Description", "Who pays what"), ("Input.Language", "ar"), ("Input.Folder", folder.ToString()));
        var shown = await rana.Read(page);
        Assert.Equal("Annex of 1-2.TXT", shown.QuerySelector("#head h2")!.TextContent);
        Assert.Equal("Who pays what", shown.QuerySelector("#head .said")!.TextContent);
        Assert.Contains("Arabic", shown.QuerySelector("#head .m2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Documents", "Annexes"], shown.QuerySelectorAll(".crumbs a").Select(one => one.TextContent));

        foreach (var (field, value, at, status) in new[] { ("Input.Name", "TAKEN.txt", "#Input-Name-error", 409), ("Input.Name", "...", "#Input-Name-error", 400), ("Input.Description", new string('x', 2_001), "#Input-Description-error", 413), ("Input.Language", "xx", "#Input-Language-error", 400), ("Input.Folder", "nowhere", "#Input-Folder-error", 400) })
        {
            var fields = new Dictionary<string, string> { ["Input.Name"] = "Annex of 1-2.txt", ["Input.Folder"] = folder.ToString(), [field] = value };
            var refused = await rana.Refused(status, page, page + "?handler=details", [.. fields.Select(one => (one.Key, one.Value))]);
            Assert.True(refused.QuerySelector(at) is not null, $"{field} is refused without a word");
            Assert.True(refused.QuerySelector("details[open] #Input-Name") is not null, "the form is shut");
        }
        Assert.Equal("Annex of 1-2.TXT", (await rana.Read(page)).QuerySelector("#head h2")!.TextContent);
    }

    [Fact]
    public async Task Comments_are_written_once_and_taken_back_by_their_author_or_a_facilitator()
    {
        var page = $"{List}/{await Hub.Shelve("Talked about.txt")}";
        using var selin = await Hub.Browser(People.Selin);
        using var rana = await Hub.Browser(People.Rana);
        using var claire = await Hub.Browser(People.Claire);
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal($"{page}#c-{first}", await selin.Taken(page, page + "?handler=comment", ("form", first), ("body", "  Soru 14 çok iyi.\nTeşekkürler.  ")));
        }
        await selin.Taken(page, page + "?handler=comment", ("form", second), ("body", "And question 15?"));
        // A comment's id belongs to who wrote it.
        Assert.Equal(HttpStatusCode.NotFound, (await rana.PostForm(page, page + "?handler=comment", ("form", first), ("body", "Mine"))).StatusCode);
        var shown = await rana.Read(page);
        Assert.Equal(["Soru 14 çok iyi.\nTeşekkürler.", "And question 15?"], shown.QuerySelectorAll("#comments .said").Select(one => one.TextContent));
        Assert.Empty(shown.QuerySelectorAll("#comments form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await rana.PostForm(page, page + "?handler=takeBack", ("comment", first))).StatusCode);
        Assert.Contains("2 comments", (await rana.Read(List)).QuerySelector($"#d-{page.Split('/')[^1]}")!.TextContent, StringComparison.Ordinal);

        await selin.Taken(page, page + "?handler=takeBack", ("comment", first));
        await claire.Taken(page, page + "?handler=takeBack", ("comment", second));
        Assert.Empty((await selin.Read(page)).QuerySelectorAll("#comments li"));
        Assert.NotNull((await selin.Refused(400, page, page + "?handler=comment", ("form", Guid.NewGuid().ToString()), ("body", " "))).QuerySelector("#body-error"));
        Assert.Equal(4_001, (await selin.Refused(413, page, page + "?handler=comment", ("form", Guid.NewGuid().ToString()), ("body", new string('x', 4_001)))).QuerySelector("#body")!.TextContent.Trim().Length);
    }

    [Fact]
    public async Task That_somebody_has_seen_a_version_is_noted_by_a_form_and_never_by_looking()
    {
        var document = await Hub.Shelve("Read by many.txt");
        var page = $"{List}/{document}";
        using var selin = await Hub.Browser(People.Selin);
        Assert.NotNull((await selin.Read(page)).QuerySelector("form[data-seen]"));
        Assert.Empty((await selin.Read(page)).QuerySelectorAll("#seen li"));
        await Hub.Renew(document);
        await selin.Taken(page, page + "?handler=seen", ("version", "2"));
        await selin.Taken(page, page + "?handler=seen", ("version", "1"));
        await selin.Taken(page, page + "?handler=seen", ("version", "7"));
        var seen = await selin.Read(page);
        Assert.Contains("version 2", Assert.Single(seen.QuerySelectorAll("#seen li")).TextContent, StringComparison.Ordinal);
        Assert.Null(seen.QuerySelector("form[data-seen]"));
        await Hub.Renew(document);
        Assert.Equal("3", (await selin.Read(page)).QuerySelector("form[data-seen] [name=version]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_page_names_the_messages_that_show_the_document()
    {
        var document = await Hub.Shelve("Shown.txt");
        var message = await Hub.Say(People.Emre, "Here it is");
        await Hub.Execute("""
            insert into attachments (id, group_id, person_id, message_id, name, size, document_id, version, created_at)
            select gen_random_uuid(), group_id, created_by, $2, name, 1, id, 1, now() from documents where id = $1
            """, document, message);
        using var rana = await Hub.Browser(People.Rana);
        var link = (await rana.Read($"{List}/{document}")).QuerySelector("#mentions a")!;
        Assert.Contains("Emre", link.TextContent, StringComparison.Ordinal);
        var place = link.GetAttribute("href")!;
        Assert.NotNull((await rana.Read(place.Split('#')[0])).QuerySelector("#" + place.Split('#')[1]));
    }

    [Fact]
    public async Task A_page_costs_the_same_for_one_version_and_for_many_and_shows_no_more_than_fifty()
    {
        var (person, pages) = (await Hub.PersonId(People.Rana), Hub.Get<DocumentPageReader>());
        var document = await Hub.Shelve("Often changed.txt");
        Task Find() => pages.Find(person, People.TheirGroup, document, null, TestContext.Current.CancellationToken);
        await Find();
        var one = await QueryCount.Of(Find);
        await Hub.Execute("""
            insert into document_versions (document_id, number, hash, size, file_name, person_id, created_at)
            select document_id, n, hash, size, file_name, person_id, created_at from document_versions, generate_series(2, 70) n where document_id = $1
            """, document);
        await Hub.Execute("update documents set version = 70 where id = $1", document);
        Assert.Equal(one, await QueryCount.Of(Find));
        using var rana = await Hub.Browser(People.Rana);
        var page = await rana.Read($"{List}/{document}");
        Assert.Equal(DocumentPageReader.MostVersions, page.QuerySelectorAll("#versions li").Length);
        var older = await rana.Read(page.QuerySelector(".earlier a")!.GetAttribute("href")!.Split('#')[0]);
        Assert.Equal(20, older.QuerySelectorAll("#versions li").Length);
    }

    [Fact]
    public async Task An_id_alone_leads_to_the_page()
    {
        var document = await Hub.Shelve("Found by its id.txt");
        using var selin = await Hub.Browser(People.Selin);
        Assert.Equal($"{List}/{document}", (await selin.Get($"/documents/{document}")).Headers.Location?.ToString());
        // The address of one group does not open the document of another.
        using var claire = await Hub.Browser(People.Claire);
        Assert.Equal(HttpStatusCode.NotFound, (await claire.Get($"/groups/{People.OtherGroup}/documents/{document}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await claire.PostForm(List, $"/groups/{People.OtherGroup}/documents/{document}?handler=delete")).StatusCode);
    }
}
