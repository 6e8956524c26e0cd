using System.Net;
using TwinHub.Core.Documents;
using TwinHub.Tests.Support;
using Xunit;
using static TwinHub.Tests.Web.Pages.Documents.DocumentPages;

namespace TwinHub.Tests.Web.Pages.Documents;

public sealed class ListTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_of_a_plain_form_are_in_the_list_and_a_form_sent_twice_adds_them_once()
    {
        using var rana = await Hub.Browser(People.Rana);
        var form = Guid.NewGuid();
        (string, string)[] files = [("سوق النحّاسين.txt", "Forty stalls"), ("Çarşı notları.md", "# Ünaldı")];
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await rana.SendFiles(List, List + "?handler=upload", form, files)).StatusCode);
        }
        using var selin = await Hub.Browser(People.Selin);
        var page = await selin.Read(List);
        foreach (var (name, _) in files)
        {
            var row = Assert.Single(page.QuerySelectorAll(".shelf .what"), one => one.QuerySelector("b")!.TextContent == name);
            Assert.Contains("Rana Khoury", row.TextContent, StringComparison.Ordinal);
        }
        Assert.Single(page.QuerySelectorAll("main .btn-primary"), button => button.Closest("[hidden]") is null);
        Assert.Matches("^[0-9]+$", page.QuerySelector(".tabs [aria-current] .m")!.TextContent);
    }

    [Fact]
    public async Task A_file_that_cannot_be_taken_is_named_with_its_reason_and_the_others_stay()
    {
        using var rana = await Hub.Browser(People.Rana);
        var answer = await rana.SendFiles(List, List + "?handler=upload", Guid.NewGuid(), ("Survey of kiosks.txt", "Twelve"), ("setup.exe", "MZ"), ("nothing.txt", ""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Page();
        Assert.Equal(["setup.exe", "nothing.txt"], page.QuerySelectorAll(".drop [role=alert] li bdi").Select(one => one.TextContent));
        Assert.Contains(page.QuerySelectorAll(".shelf b"), one => one.TextContent == "Survey of kiosks.txt");
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from uploads where finished_at is null"));
    }

    [Fact]
    public async Task Folders_hold_documents_and_are_named_moved_and_removed_by_plain_forms()
    {
        using var rana = await Hub.Browser(People.Rana);
        var form = Guid.NewGuid().ToString();
        for (var i = 0; i < 2; i++)
        {
            await rana.Taken(List, List + "?handler=folder", ("form", form), ("name", "\u202EVisits 1/2"));
        }
        var page = await rana.Read(List);
        var row = Assert.Single(page.QuerySelectorAll(".shelf li[id^=f-]"), one => one.QuerySelector("b")!.TextContent == "Visits 1-2");
        var (visits, inside) = (row.Id![2..], await Hub.Folder("Inside", Guid.Parse(row.Id![2..])));
        var here = $"{List}?folder={visits}";

        var taken = await rana.Refused(409, List, List + "?handler=folder", ("form", Guid.NewGuid().ToString()), ("name", "VISITS 1-2"));
        Assert.Equal("VISITS 1-2", taken.Value("name"));
        Assert.NotNull(taken.QuerySelector("#name-error"));
        var cycle = await rana.Refused(400, here, here + "&handler=change", ("name", "Visits 1-2"), ("parent", inside.ToString()));
        Assert.NotNull(cycle.QuerySelector("#parent-error"));
        Assert.DoesNotContain(inside.ToString(), cycle.QuerySelector("#parent")!.InnerHtml, StringComparison.Ordinal);
        await rana.Refused(409, here, here + "&handler=remove");

        await rana.Taken(here, here + "&handler=change", ("name", "Visits of spring"), ("parent", ""));
        await Hub.Shelve("Walk.txt", folder: inside);
        var path = (await rana.Read($"{List}?folder={inside}")).QuerySelectorAll(".crumbs a").Select(one => one.TextContent);
        Assert.Equal(["Documents", "Visits of spring"], path);
        Assert.Contains("1 document", (await rana.Read(here)).QuerySelector($"#f-{inside}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains((await rana.Read(List + "?sort=new")).QuerySelectorAll(".shelf .what .m bdi"), one => one.TextContent == "Visits of spring / Inside");
        await rana.Refused(409, $"{List}?folder={inside}", $"{List}?folder={inside}&handler=remove");

        // What lies in the bin does not hold its folder; it comes back one level higher.
        var gone = await Hub.Shelve("Gone.txt", folder: await Hub.Folder("Short", inside));
        var shortly = await Hub.Scalar<Guid>("select folder_id from documents where id = $1", gone);
        await rana.Taken($"{List}/{gone}", $"{List}/{gone}?handler=delete");
        Assert.Equal($"{List}?folder={inside}", await rana.Taken($"{List}?folder={shortly}", $"{List}?folder={shortly}&handler=remove"));
        Assert.Equal(inside, await Hub.Scalar<Guid>("select folder_id from documents where id = $1", gone));
    }

    [Fact]
    public async Task A_folder_of_another_group_is_not_there()
    {
        var foreign = await Hub.Folder("Theirs", email: "samah.anabtawi@nablus.example.org", slug: "nablus-saida");
        using var rana = await Hub.Browser(People.Rana);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.Get($"{List}?folder={foreign}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.PostForm(List, $"{List}?folder={foreign}&handler=change", ("name", "Ours"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rana.SendFiles(List, $"{List}?folder={foreign}&handler=upload", Guid.NewGuid(), ("a.txt", "a"))).StatusCode);
        var own = await Hub.Folder("Ours");
        await rana.Refused(400, $"{List}?folder={own}", $"{List}?folder={own}&handler=change", ("name", "Ours"), ("parent", foreign.ToString()));
        var document = await Hub.Shelve("Ours.txt");
        var page = await rana.Refused(400, $"{List}/{document}", $"{List}/{document}?handler=details", ("Input.Name", "Still ours.txt"), ("Input.Folder", foreign.ToString()));
        Assert.Equal("Still ours.txt", page.Value("Input.Name"));
        Assert.NotNull(page.QuerySelector("#Input-Folder-error"));
        Assert.Equal("Theirs", await Hub.Scalar<string>("select name from document_folders where id = $1", foreign));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_hold_each_document_once_and_cost_the_same_for_one_and_for_many(bool newest)
    {
        var (folder, person, reader) = (await Hub.Folder($"Many {newest}"), await Hub.PersonId(People.Claire), Hub.Get<DocumentReader>());
        var first = await Hub.Shelve("000.txt", "same", folder: folder);
        Task<TwinHub.Core.Outcome<DocumentList>> Page(Guid? after) => reader.List(person, People.TheirGroup, new(folder, newest, after), Cancel);
        await Page(null);
        var one = await QueryCount.Of(() => Page(null));
        await Hub.Execute("""
            insert into documents (id, group_id, folder_id, name, version, hash, created_by, created_at, changed_by, changed_at)
            select gen_random_uuid(), group_id, folder_id, case when n % 3 = 0 then 'same.txt' else 'Ä' || n end, 1, hash, created_by, created_at, changed_by, changed_at - (n / 7) * interval '1 minute'
            from documents, generate_series(1, 119) n where id = $1
            """, first);
        Assert.Equal(one, await QueryCount.Of(() => Page(null)));

        var seen = new List<DocumentRow>();
        for (Guid? after = null; ;)
        {
            var page = (await Page(after)).Value;
            seen.AddRange(page.Documents);
            Assert.InRange(page.Documents.Count, 1, DocumentReader.PageSize);
            if ((after = page.Next) is null)
            {
                break;
            }
        }
        Assert.Equal(120, seen.Select(row => row.Id).Distinct().Count());
        Assert.Equal(120, seen.Count);
        if (newest)
        {
            Assert.Equal(seen.Select(row => row.ChangedAt).OrderDescending(), seen.Select(row => row.ChangedAt));
        }
    }

    [Fact]
    public async Task A_small_picture_stands_in_the_list_with_its_size_unless_the_browser_saves_data()
    {
        var document = await Hub.Shelve("Kiosk.txt");
        await Hub.Execute("insert into content_previews (hash, size, type, width, height, bytes) select hash, 'small', 'image/webp', 320, 240, ''::bytea from documents where id = $1", document);
        using var selin = await Hub.Browser(People.Selin);
        var picture = (await selin.Read(List)).QuerySelector($"#d-{document} img")!;
        Assert.Equal(("320", "240", "lazy", $"/documents/{document}/versions/1/preview/small"), (picture.GetAttribute("width"), picture.GetAttribute("height"), picture.GetAttribute("loading"), picture.GetAttribute("src")));
        Assert.NotNull((await selin.Read($"{List}/{document}")).QuerySelector("#preview img[width='320']"));
        selin.DefaultRequestHeaders.Add("Save-Data", "on");
        Assert.Null((await selin.Read(List)).QuerySelector($"#d-{document} img"));
        Assert.Null((await selin.Read($"{List}/{document}")).QuerySelector("#preview img"));
    }

    [Fact]
    public async Task Who_only_reads_sees_no_forms_and_an_archive_has_none()
    {
        using var karim = await Hub.Browser("karim.hammoud@saida.example.org");
        var document = await Hub.Shelve("Harbour.txt", email: "samah.anabtawi@nablus.example.org", slug: "nablus-saida");
        Assert.Empty((await karim.Read("/groups/nablus-saida/documents")).QuerySelectorAll("main form[method=post]"));
        // Only that one has seen it may be noted.
        Assert.Equal(["seen"], (await karim.Read($"/groups/nablus-saida/documents/{document}")).QuerySelectorAll("main form[method=post]").Select(form => form.GetAttribute("action")!.Split("handler=")[1].Split('#')[0]));

        const string other = "/groups/" + People.OtherGroup + "/documents";
        var theirs = await Hub.Shelve("Minutes.txt", email: People.Lina, slug: People.OtherGroup);
        using var lina = await Hub.Browser(People.Lina);
        var token = await lina.FormToken(other);
        await Hub.Execute("update twinning_groups set status = 'completed' where slug = $1", People.OtherGroup);
        Assert.Empty((await lina.Read(other)).QuerySelectorAll("main form[method=post]"));
        foreach (var (action, fields) in new[] { ("?handler=folder", new[] { ("form", Guid.NewGuid().ToString()), ("name", "Late") }), ($"/{theirs}?handler=delete", []), ($"/{theirs}?handler=comment", [("form", Guid.NewGuid().ToString()), ("body", "Late")]) })
        {
            Assert.Equal(HttpStatusCode.Conflict, (await lina.Send(HttpMethod.Post, other + action, Forms.Content([.. fields, (Forms.TokenField, token)]))).StatusCode);
        }
    }
}
