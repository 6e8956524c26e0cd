using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using TwinHub.Core;
using TwinHub.Core.Register;
using TwinHub.Core.Register.Exports;
using TwinHub.Core.Text;
using TwinHub.Core.Exports;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Register.Exports;

/// <summary>The files are opened again by programs that did not write them.</summary>
public sealed class RegisterExportTests(RegisterWorld world) : IClassFixture<RegisterWorld>
{
    private static readonly string Script = Path.Combine(OtherReader.Root, "tests/TwinHub.Tests/Core/Webinars/Reports/Exports/read_csv.py");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_has_a_row_a_group()
    {
        var rows = await Csv(await File("csv", "en", new(Status: "completed")));
        Assert.Equal(2, rows.Count);
        var cells = rows[0].Zip(rows[1]).ToDictionary(cell => cell.First, cell => cell.Second);
        foreach (var (heading, text) in new[]
        {
            ("Group", "Gamma · Delta"), ("Status", "completed"), ("Theme", "Street lighting"), ("Starts", "2021-01-01"), ("Expected end", "2022-12-31"), ("Partners", "Gamma; Delta"), ("Countries", "Jordan; Türkiye"),
            ("Twinning arrangement", ""), ("Activities", ""), ("Good practices", "Count poles first"), ("Lessons learned", ""), ("Newest quarter", "Q4 2022"), ("State of the update", "Missed"),
        })
        {
            Assert.Equal(text, cells[heading]);
        }
        Assert.Contains("Visit to the press", (await Csv(await File("csv", "en", new(Status: "active"))))[1].Single(cell => cell.StartsWith("2024-05-02", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_has_a_sheet_of_groups_and_one_of_quarters_and_no_formula()
    {
        await world.Change(db =>
        {
            var group = RegisterWorld.Group(db, db.Networks.Single(n => n.Slug == RegisterWorld.North), "formulas", "active", "=1+1", [.. db.Organisations.Where(o => o.Country == "PS")]);
            RegisterWorld.Quarter(db, group, "2026-Q1", world.Member, new("@SUM(1)", "+2", new string('ل', 10_000), "\t=1"));
            db.RegisterTexts.Add(new(group.Id, "arrangement", "-1+1", world.Member, DateTimeOffset.UnixEpoch));
        });
        using var book = SpreadsheetDocument.Open(new MemoryStream((await File("xlsx", "ar", new(Theme: "1"))).Content), isEditable: false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(book, Cancel).Select(fault => $"{fault.Path?.XPath} {fault.Description}"));
        Assert.Equal(["المجموعات", "الأرباع"], book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value));
        var sheets = book.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().Select(sheet => ((WorksheetPart)book.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet).ToList();
        Assert.All(sheets, sheet => Assert.True(sheet.SheetViews!.Elements<SheetView>().Single().RightToLeft!.Value));
        Assert.Empty(sheets.SelectMany(sheet => sheet.Descendants<CellFormula>()));
        Assert.Equal([2, 2], sheets.Select(sheet => sheet.Descendants<Row>().Count()));
        Assert.Superset(new HashSet<string>(["=1+1", "-1+1"]), sheets[0].Descendants<Cell>().Select(cell => cell.InnerText).ToHashSet());
        var due = sheets[1].Descendants<Row>().Last().Elements<Cell>().Single(cell => cell.StyleIndex?.Value == 5 && cell.CellValue is not null && DateTime.FromOADate(double.Parse(cell.CellValue.Text, System.Globalization.CultureInfo.InvariantCulture)) == new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Unspecified));
        Assert.Null(due.DataType);
        var csv = await Csv(await File("csv", "en", new(Theme: "1")));
        Assert.All(csv[1], field => Assert.False(field.Length > 0 && "=+-@\t".Contains(field[0], StringComparison.Ordinal), field));
    }

    [Fact]
    public async Task Json_has_entries_with_their_quarters_and_no_draft()
    {
        var file = await File("json", "en", new(Status: "completed"));
        var entry = JsonDocument.Parse(file.Content).RootElement.GetProperty("entries").EnumerateArray().Single();
        Assert.Equal((RegisterWorld.Lamps, "completed", "ngo"), (entry.GetProperty("group").GetString(), entry.GetProperty("status").GetString(), entry.GetProperty("partners")[1].GetProperty("kind").GetString()));
        Assert.Equal(["2022-Q4 missed ", "2022-Q3 submitted Lamps on forty streets"], entry.GetProperty("quarters").EnumerateArray().Select(quarter =>
            $"{quarter.GetProperty("quarter").GetString()} {quarter.GetProperty("state").GetString()} {quarter.GetProperty("summary").GetString()}"));
        Assert.Equal("Poles were painted", entry.GetProperty("quarters")[1].GetProperty("items").EnumerateArray().Single().GetProperty("text").GetString());
        Assert.DoesNotContain("hiddendraft", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pdf")]
    [InlineData("")]
    [InlineData(null)]
    public async Task There_are_no_other_formats(string? format) =>
        Assert.Equal(RefusalCode.NotFound, (await world.Get<RegisterExport>().Write(world.Member, RegisterWorld.North, new(), format, Texts.Shared.For("en"), Cancel)).Refusal?.Code);

    [Fact]
    public async Task Nobody_else_takes_it_away() =>
        Assert.Equal(RefusalCode.NotFound, (await world.Get<RegisterExport>().Write(world.Stranger, RegisterWorld.North, new(), "csv", Texts.Shared.For("en"), Cancel)).Refusal?.Code);

    private async Task<ExportFile> File(string format, string language, RegisterFilter filter)
    {
        var file = (await world.Get<RegisterExport>().Write(world.Member, RegisterWorld.North, filter, format, Texts.Shared.For(language), Cancel)).Value;
        Assert.Equal($"register-{RegisterWorld.North}-2026-10-10.{format}", file.Name);
        return file;
    }

    private static async Task<List<string[]>> Csv(ExportFile file) =>
        [.. (await OtherReader.Answer(OtherReader.Python, [Script], Convert.ToBase64String(file.Content))).Select(row => row!.AsArray().Select(field => field!.GetValue<string>()).ToArray())];
}
