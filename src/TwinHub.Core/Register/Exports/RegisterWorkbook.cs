using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml;
using TwinHub.Core.Exports;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Register.Exports;

/// <summary>Sheets as a workbook (ECMA-376): texts and days in cells of their kind, never a formula.</summary>
internal static class RegisterWorkbook
{
    /// <summary>A cell holds 32,767 UTF-16 units (Excel's limits), some of which an escaped character may take.</summary>
    private const int Longest = 32_000;

    public static byte[] Write(bool isRightToLeft, params IReadOnlyList<RegisterSheet> sheets)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Make();
            book.Workbook = new Workbook(new Sheets(sheets.Select((sheet, place) => new Sheet { Id = Part(book, sheet, isRightToLeft), SheetId = (uint)place + 1, Name = sheet.Name })));
        }
        return bytes.ToArray();
    }

    private static string Part(WorkbookPart book, RegisterSheet sheet, bool isRightToLeft)
    {
        var part = book.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetViews(View(isRightToLeft)), new Columns(sheet.Headings.Select((_, place) => Column(place))), new SheetData(Rows(sheet)));
        return book.GetIdOfPart(part);
    }

    /// <summary>The headings stay in sight, and Arabic columns begin at the right.</summary>
    private static SheetView View(bool isRightToLeft) => new(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
    {
        WorkbookViewId = 0, RightToLeft = isRightToLeft ? true : null,
    };

    private static Column Column(int place) => new() { Min = (uint)place + 1, Max = (uint)place + 1, Width = 24, CustomWidth = true };

    private static IEnumerable<Row> Rows(RegisterSheet sheet) => sheet.Rows.Select(row => new Row(row.Select(Cell)))
        .Prepend(new Row(sheet.Headings.Select(heading => Text(heading, WorkbookStyles.Heading))));

    private static Cell Cell(object? cell) => cell switch
    {
        DateOnly day => new() { StyleIndex = WorkbookStyles.Day, CellValue = new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString("R", CultureInfo.InvariantCulture)) },
        null => new(),
        _ => Text((string)cell, WorkbookStyles.Plain),
    };

    private static Cell Text(string text, uint style) => new(new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(string.Concat(Whole(LongText.Beginning(text, Longest)))) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = style };

    /// <summary>XML has no place for some characters (XML 1.0, 2.2).</summary>
    private static IEnumerable<string> Whole(string text) => text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString());
}
