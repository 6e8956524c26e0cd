using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml;
using TwinHub.Core.Exports;

namespace TwinHub.Core.Facilitation.Exports;

/// <summary>A table as a workbook (ECMA-376): texts, days and numbers in cells of their kind, never a formula.</summary>
internal static class BoardWorkbook
{
    private const double FirstWidth = 32, OtherWidth = 20;

    public static byte[] Write(BoardTable table)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Make();
            var sheet = book.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetViews(View(table)), new Columns(table.Headings.Select((_, place) => Column(place))), new SheetData(Rows(table)));
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = table.Name }));
        }
        return bytes.ToArray();
    }

    /// <summary>The headings stay in sight, and Arabic columns begin at the right.</summary>
    private static SheetView View(BoardTable table) => new(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
    {
        WorkbookViewId = 0, RightToLeft = table.IsRightToLeft ? true : null,
    };

    private static Column Column(int place) => new() { Min = (uint)place + 1, Max = (uint)place + 1, Width = place == 0 ? FirstWidth : OtherWidth, CustomWidth = true };

    private static IEnumerable<Row> Rows(BoardTable table) =>
        table.Rows.Select(row => new Row(row.Select(Cell))).Prepend(new Row(table.Headings.Select(heading => Text(heading, WorkbookStyles.Heading))));

    private static Cell Cell(object? value) => value switch
    {
        DateOnly day => new() { StyleIndex = WorkbookStyles.Time, CellValue = new(day.ToDateTime(default).ToOADate().ToString("R", CultureInfo.InvariantCulture)) },
        int number => new() { StyleIndex = WorkbookStyles.Number, CellValue = new(number.ToString(CultureInfo.InvariantCulture)) },
        _ => Text(value as string ?? "", WorkbookStyles.Plain),
    };

    private static Cell Text(string text, uint style) => new(new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(string.Concat(Whole(text))) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = style };

    /// <summary>XML has no place for some characters (XML 1.0, 2.2), which names may hold.</summary>
    private static IEnumerable<string> Whole(string text) => text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString());
}
