using System.Net;
using System.Net.Http.Headers;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Documents.Templates;
using TwinHub.Tests.Support;
using TwinHub.Tests.Web.Pages.Webinars;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Documents;

/// <summary>Templates as a group makes documents of them, and as a network's facilitator brings its own.</summary>
public sealed class TemplatesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Page = $"/groups/{People.TheirGroup}/documents/new", Shelf = "/networks/hmln/templates";

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Printed =>
        new(from kind in new[] { "minutes", "concept-note", "led-strategy", "agreement-annex", "review-report" } from language in TwinHub.Core.Text.Languages.All select (kind, language));

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task Every_template_is_a_valid_Word_document_that_runs_as_its_language_does(string kind, string language)
    {
        var made = await Hub.Get<TemplateService>().Make(await Hub.PersonId(People.Rana), People.TheirGroup, new(Guid.NewGuid(), kind, language, null, null), Cancel);
        using var word = StagedTemplates.Word(await Hub.Bytes(made.Value));
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(word, Cancel).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));

        var body = word.MainDocumentPart!.Document.Body!;
        var (paragraphs, tables, isArabic) = (body.Descendants<Paragraph>().ToList(), body.Descendants<Table>().ToList(), language == "ar");
        Assert.All(paragraphs, one => Assert.Equal(isArabic, one.ParagraphProperties?.BiDi is not null));
        Assert.All(tables, one => Assert.Equal(isArabic, one.GetFirstChild<TableProperties>()!.BiDiVisual is not null));
        Assert.Equal(isArabic, body.GetFirstChild<SectionProperties>()!.GetFirstChild<BiDi>() is not null);
        // Runs of Arabic letters are marked, runs of others are not.
        Assert.All(body.Descendants<Run>().Where(run => run.InnerText.Any(char.IsLetter)), run => Assert.Equal(run.InnerText.Any(c => c is >= '\u0600' and <= '\u06FF'), run.RunProperties?.RightToLeftText is not null));
        var styles = word.MainDocumentPart.StyleDefinitionsPart!.Styles!;
        Assert.Equal(!isArabic, styles.Descendants<Italic>().Any());
        Assert.Empty(body.Descendants<ParagraphStyleId>().Select(one => one.Val!.Value!).Except(styles.Elements<Style>().Select(style => style.StyleId!.Value!)));
        Assert.Contains(paragraphs, one => one.ParagraphProperties?.ParagraphStyleId?.Val == "Heading1");

        var names = await Hub.Db(db => db.Organisations.Where(o => db.GroupPartners.Any(p => p.OrganisationId == o.Id && db.Groups.Any(g => g.Id == p.GroupId && g.Slug == People.TheirGroup))).ToListAsync(Cancel));
        Assert.All(names, partner => Assert.Contains(partner.Names.In(language), body.InnerText, StringComparison.Ordinal));
        Assert.Contains(TwinHub.Core.Text.Texts.Shared.For(language).LongDate(await Hub.Today()), body.InnerText, StringComparison.Ordinal);
        Assert.Equal(("Rana Khoury", null), (word.PackageProperties.Creator, word.PackageProperties.LastModifiedBy));
        if (kind == "review-report")
        {
            Assert.Equal(2 * names.Count, paragraphs.Count(one => one.ParagraphProperties?.ParagraphStyleId?.Val == "Label"));
        }
    }

    [Fact]
    public async Task One_press_makes_a_document_and_a_second_none()
    {
        using var browser = await Hub.Browser(People.Selin);
        var id = (await (await browser.Get(Page)).Document()).QuerySelector("input[name='Input.Id']")!.GetAttribute("value")!;
        (string, string)[] typed = [("Input.Id", id), ("Input.Kind", "minutes"), ("Input.Language", "tr"), ("Input.Name", "Mart görüşmesi")];
        foreach (var _ in new[] { 1, 2 })
        {
            using var made = await browser.PostForm(Page, Page, typed);
            Assert.Equal($"/groups/{People.TheirGroup}/documents/{id}", made.Headers.Location?.ToString());
        }
        var document = await Hub.Db(db => db.Documents.AsNoTracking().SingleAsync(d => d.Id == Guid.Parse(id), Cancel));
        Assert.Equal(("Mart görüşmesi.docx", "tr", 1), (document.Name, document.Language, document.Version));
        using var led = await browser.Get($"/documents/{id}");
        Assert.Equal($"/groups/{People.TheirGroup}/documents/{id}", led.Headers.Location?.ToString());
        // The id of another group's document is nobody's here.
        var elsewhere = await Hub.Get<TemplateService>().Make(await Hub.PersonId(People.Lina), People.OtherGroup, new(Guid.Parse(id), "minutes", "tr", null, null), Cancel);
        Assert.Equal(RefusalCode.NotFound, elsewhere.Refusal!.Code);
    }

    [Theory]
    [InlineData("minutes", "de", "Input-Language-error")]
    [InlineData("none", "fr", null)]
    public async Task What_cannot_be_made_comes_back_as_it_was_typed(string kind, string language, string? error)
    {
        using var browser = await Hub.Browser(People.Selin);
        using var refused = await browser.PostForm(Page, Page, ("Input.Id", Guid.NewGuid().ToString()), ("Input.Kind", kind), ("Input.Language", language), ("Input.Name", "Kept as typed"));
        var page = await refused.Document(HttpStatusCode.BadRequest);
        Assert.Equal("Kept as typed", page.QuerySelector("#Input-Name")!.GetAttribute("value"));
        Assert.NotNull(error is null ? page.QuerySelector(".kinds + [role=alert]") : page.QuerySelector("#" + error));
    }

    [Fact]
    public async Task A_network_s_own_file_takes_the_place_of_a_template_and_is_copied_as_it_is()
    {
        using var claire = await Hub.Browser(People.Claire);
        var own = await Own(claire);
        using var sent = await Send(claire, "concept-note", "fr", null, "Notre note.docx", own);
        Assert.Equal(Shelf, sent.Headers.Location?.ToString());

        using var rana = await Hub.Browser(People.Rana);
        Assert.Equal(own, await rana.GetByteArrayAsync($"{Shelf}/concept-note/fr", Cancel));
        Assert.NotEqual(own, await rana.GetByteArrayAsync($"{Shelf}/concept-note/tr", Cancel));
        var made = await Hub.Get<TemplateService>().Make(await Hub.PersonId(People.Rana), People.TheirGroup, new(Guid.NewGuid(), "concept-note", "fr", null, null), Cancel);
        Assert.Equal(own, await Hub.Bytes(made.Value));

        var file = await Hub.Db(db => db.DocumentTemplates.Where(t => t.Kind == "concept-note").Select(t => t.Id).SingleAsync(Cancel));
        using var gone = await claire.PostForm(Shelf, Shelf + "?handler=remove", ("id", file.ToString()));
        Assert.Equal(Shelf, gone.Headers.Location?.ToString());
        Assert.NotEqual(own, await rana.GetByteArrayAsync($"{Shelf}/concept-note/fr", Cancel));
        Assert.Equal(own, await Hub.Bytes(made.Value));
    }

    [Fact]
    public async Task A_new_template_needs_a_name_is_one_however_often_it_is_sent_and_is_offered_in_its_language()
    {
        using var claire = await Hub.Browser(People.Claire);
        var (own, id) = (await Own(claire), Guid.NewGuid());
        using var nameless = await Send(claire, "", "ar", null, "own.docx", own, id);
        Assert.NotNull((await nameless.Document(HttpStatusCode.BadRequest)).QuerySelector("#Input-Name-error"));
        foreach (var _ in new[] { 1, 2 })
        {
            using var sent = await Send(claire, "", "ar", "رسالة شكر", "own.docx", own, id);
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }
        var kind = Assert.Single(await Hub.Db(db => db.DocumentTemplates.Where(t => t.Name == "رسالة شكر").Select(t => t.Kind).ToListAsync(Cancel)));
        using var rana = await Hub.Browser(People.Rana);
        Assert.Contains("رسالة شكر", (await (await rana.Get(Page)).Document()).Words(".kinds"), StringComparison.Ordinal);
        using var other = await rana.PostForm(Page, Page, ("Input.Id", Guid.NewGuid().ToString()), ("Input.Kind", kind), ("Input.Language", "fr"));
        Assert.NotNull((await other.Document(HttpStatusCode.BadRequest)).QuerySelector("#Input-Language-error"));
    }

    [Theory]
    [InlineData("notes.txt", 10)]
    // More than a form may have elsewhere.
    [InlineData("notes.docx", 3_000_000)]
    public async Task Only_Word_documents_become_templates(string name, int length)
    {
        using var claire = await Hub.Browser(People.Claire);
        using var refused = await Send(claire, "minutes", "en", null, name, System.Text.Encoding.ASCII.GetBytes(new string('a', length)));
        Assert.NotNull((await refused.Document(HttpStatusCode.BadRequest)).QuerySelector("#file-error"));
        Assert.Equal(0, await Hub.Db(db => db.DocumentTemplates.CountAsync(t => t.Kind == "minutes", Cancel)));
    }

    [Fact]
    public async Task A_template_is_a_file_to_be_saved()
    {
        using var rana = await Hub.Browser(People.Rana);
        using var file = await rana.Get($"{Shelf}/review-report/fr");
        Assert.Equal(("attachment", "Rapport de bilan.docx"), (file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task An_archive_has_no_form()
    {
        await Hub.Execute("update twinning_groups set status = 'completed' where slug = 'hebron-mersin'");
        using var claire = await Hub.Browser(People.Claire);
        Assert.Equal("/groups/hebron-mersin/documents", (await claire.Get("/groups/hebron-mersin/documents/new")).Headers.Location?.ToString());
        var made = await Hub.Get<TemplateService>().Make(await Hub.PersonId(People.Claire), "hebron-mersin", new(Guid.NewGuid(), "minutes", "en", null, null), Cancel);
        Assert.Equal(RefusalCode.Closed, made.Refusal!.Code);
    }

    /// <summary>A Word document like any: one of ours, taken away.</summary>
    private static Task<byte[]> Own(HttpClient browser) => browser.GetByteArrayAsync($"{Shelf}/minutes/en", Cancel);

    private static async Task<HttpResponseMessage> Send(HttpClient browser, string kind, string language, string? name, string fileName, byte[] content, Guid? id = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent((id ?? Guid.NewGuid()).ToString()), "Input.Id" }, { new StringContent(kind), "Input.Kind" }, { new StringContent(language), "Input.Language" },
            { new StringContent(name ?? ""), "Input.Name" }, { new StringContent(await browser.FormToken(Shelf)), Forms.TokenField },
        };
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", fileName);
        return await browser.Send(HttpMethod.Post, Shelf, form);
    }
}
