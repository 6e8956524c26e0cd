using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using TwinHub.Core;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;
using TwinHub.Core.Exports;
using TwinHub.Core.Webinars.Reports.Exports;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Reports.Exports;

/// <summary>The files are opened again by programs that did not write them.</summary>
public sealed class AttendanceExportTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly string[] Formulas = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1"];
    private static readonly string Script = Path.Combine(OtherReader.Root, "tests/TwinHub.Tests/Core/Webinars/Reports/Exports/read_csv.py");

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_has_a_row_a_person_with_times_by_the_organisers_clock()
    {
        var rows = await Csv(await Held(), "en");
        Assert.Equal(["Name", "Organisation", "Group", "E-mail address", "Answer", "Joined (Paris time)", "Left (Paris time)", "Minutes present"], rows[0]);
        var rana = rows.Single(row => row[3] == People.Rana);
        Assert.Equal(["Rana Khoury", "Municipality of Tripoli", "Tripoli · Gaziantep", People.Rana, "Will join"], rana[..5]);
        Assert.Equal([Paris(2), Paris(62), "60"], rana[5..]);
        Assert.Equal(["", "", "0"], rows.Single(row => row[3] == People.Emre)[5..]);
        Assert.Equal([Paris(7), "", ""], rows.Single(row => row[3] == People.Selin)[5..]);
        Assert.Equal("Without an invitation", rows.Single(row => row[3] == People.Claire)[4]);
        Assert.Equal(5, rows.Count);
    }

    [Fact]
    public async Task Csv_is_known_by_its_mark_and_speaks_the_readers_language()
    {
        var file = await File(await Held(), "csv", "ar");
        Assert.Equal([0xEF, 0xBB, 0xBF], file.Content[..3]);
        Assert.Matches(@"^attendance-\d{4}-\d\d-\d\d\.csv$", file.Name);
        Assert.Equal("الاسم", (await Read(file))[0][0]);
    }

    [Fact]
    public async Task No_name_becomes_a_formula_in_csv()
    {
        var webinar = await Named(Formulas);
        var rows = await Csv(webinar, "en");
        Assert.Equal(Formulas.Length, rows.Count - 1);
        Assert.All(rows.SelectMany(row => row), field => Assert.False(field.Length > 0 && "=+-@\t\r".Contains(field[0], StringComparison.Ordinal), field));
        Assert.Contains("'=1+1", rows.Select(row => row[0]));
    }

    [Fact]
    public async Task No_name_becomes_a_formula_in_a_workbook_and_none_breaks_it()
    {
        var odd = new[] { "a\uffffb\ufffec", "<b>&\"'", "👩‍🌾 Lina", "‮abc", new string('x', 120) };
        using var book = Book(await File(await Named([.. Formulas, .. odd]), "xlsx", "en"));
        var sheet = book.WorkbookPart!.WorksheetParts.Single();
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(book, Cancel).Select(fault => $"{fault.Path?.XPath} {fault.Description}"));
        Assert.Empty(sheet.Worksheet.Descendants<CellFormula>());
        Assert.Empty(book.WorkbookPart.ExternalRelationships.Concat(sheet.ExternalRelationships));
        var names = Rows(sheet).Skip(1).Select(row => row[0]).ToList();
        Assert.All(names, cell => Assert.Equal(CellValues.InlineString, cell.DataType!.Value));
        Assert.Superset(new HashSet<string>(["=1+1", "+1+1", "-1+1", "@SUM(1)", "abc", "<b>&\"'", "👩‍🌾 Lina"]), names.Select(cell => cell.InnerText).ToHashSet());
        Assert.True(Format(book, names[0]).QuotePrefix!.Value);
    }

    [Theory]
    [InlineData("en", false)]
    [InlineData("ar", true)]
    public async Task A_workbook_has_real_times_and_numbers_and_runs_as_the_language_does(string language, bool isRightToLeft)
    {
        using var book = Book(await File(await Held(), "xlsx", language));
        var sheet = book.WorkbookPart!.WorksheetParts.Single();
        Assert.Equal(Texts.Shared.For(language)["report.attendance"], book.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().Single().Name!.Value);
        var view = sheet.Worksheet.SheetViews!.Elements<SheetView>().Single();
        Assert.Equal((isRightToLeft, PaneStateValues.Frozen, 1.0), (view.RightToLeft?.Value ?? false, view.Pane!.State!.Value, view.Pane.VerticalSplit!.Value));

        var rana = Rows(sheet).Single(row => row[3].InnerText == People.Rana);
        Assert.Equal((null, null), (rana[5].DataType, rana[7].DataType));
        Assert.Equal(Local(2), DateTime.FromOADate(double.Parse(rana[5].CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(1));
        Assert.Equal("60", rana[7].CellValue!.Text);
        Assert.Equal(164u, Format(book, rana[5]).NumberFormatId!.Value);
        Assert.Null(Rows(sheet).Single(row => row[3].InnerText == People.Emre)[5].CellValue);
    }

    [Theory]
    [InlineData(People.Rana, RefusalCode.NotAllowed)]
    [InlineData(People.Lina, RefusalCode.NotFound)]
    public async Task Only_who_runs_the_webinar_takes_it_away(string email, RefusalCode code)
    {
        var webinar = await Held();
        var export = Hub.Get<AttendanceExport>();
        Assert.Equal(code, (await export.Write(await Hub.PersonId(email), webinar, "csv", Texts.Shared.For("en"), Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await export.Write(await Hub.PersonId(People.Claire), webinar, "pdf", Texts.Shared.For("en"), Cancel)).Refusal?.Code);
    }

    private async Task<Guid> Held()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        await Hub.Invite(webinar, People.Rana, Invitation.Accepted);
        await Hub.Invite(webinar, People.Emre, Invitation.Declined);
        await Hub.Invite(webinar, People.Selin);
        await Hub.Execute("update invitations set group_id = (select id from twinning_groups where slug = $2) where webinar_id = $1", webinar, People.TheirGroup);
        await Hub.Visit(webinar, People.Rana, 2.5, 62.4);
        await Hub.Visit(webinar, People.Selin, 7, 7, RoomVisit.Meeting);
        await Hub.Visit(webinar, People.Claire, 0, 90);
        return webinar;
    }

    /// <summary>Guests whose names stand in the database as they are, whatever the doors would have cleaned away.</summary>
    private async Task<Guid> Named(string[] names)
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        foreach (var name in names)
        {
            await Hub.Execute("""
                with p as (insert into people (id, email, name, language, time_zone, guest, created_at) values (gen_random_uuid(), '=' || gen_random_uuid() || '@example.org', $2, 'en', 'UTC', true, now()) returning id)
                insert into invitations (id, webinar_id, person_id, invited_at) select gen_random_uuid(), $1, id, now() from p
                """, webinar, name);
        }
        return webinar;
    }

    private static string Paris(int minutes) => Local(minutes).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime Local(int minutes) => TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.UtcNow.Date.AddDays(-1).AddHours(9).AddMinutes(minutes), TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime;

    private async Task<ExportFile> File(Guid webinar, string format, string language)
    {
        var file = await Hub.Get<AttendanceExport>().Write(await Hub.PersonId(People.Claire), webinar, format, Texts.Shared.For(language), Cancel);
        Assert.Null(file.Refusal);
        return file.Value;
    }

    private async Task<List<string[]>> Csv(Guid webinar, string language) => await Read(await File(webinar, "csv", language));

    private static async Task<List<string[]>> Read(ExportFile file) =>
        [.. (await OtherReader.Answer(OtherReader.Python, [Script], Convert.ToBase64String(file.Content))).Select(row => row!.AsArray().Select(field => field!.GetValue<string>()).ToArray())];

    private static SpreadsheetDocument Book(ExportFile file) => SpreadsheetDocument.Open(new MemoryStream(file.Content), isEditable: false);

    private static List<Cell[]> Rows(WorksheetPart sheet) => [.. sheet.Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToArray())];

    private static CellFormat Format(SpreadsheetDocument book, Cell cell) => book.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);
}
