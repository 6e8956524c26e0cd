using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml;
using TwinHub.Core.Exports;

namespace TwinHub.Core.Webinars.Reports.Exports;

/// <summary>A table as a workbook (ECMA-376): texts, dates and numbers in cells of their kind, never a formula.</summary>
internal static class AttendanceWorkbook
{
    private static readonly double[] Widths = [28, 32, 26, 34, 20, 20, 20, 12];

    public static byte[] Write(AttendanceTable table)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Make();
            var sheet = book.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetViews(View(table)), new Columns(Widths.Select(Column)), new SheetData(Rows(table)));
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = table.Name }));
        }
        return bytes.ToArray();
    }

    /// <summary>The headings stay in sight, and Arabic columns begin at the right.</summary>
    private static SheetView View(AttendanceTable table) => new(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
    {
        WorkbookViewId = 0, RightToLeft = table.IsRightToLeft ? true : null,
    };

    private static Column Column(double width, int place) => new() { Min = (uint)place + 1, Max = (uint)place + 1, Width = width, CustomWidth = true };

    private static IEnumerable<Row> Rows(AttendanceTable table) =>
        table.Rows.Select(row => new Row([.. row.Texts.Select(text => Text(text, WorkbookStyles.Plain)), Time(row.Joined), Time(row.Left), Number(row.Minutes)]))
            .Prepend(new Row(table.Headings.Select(heading => Text(heading, WorkbookStyles.Heading))));

    private static Cell Text(string text, uint style) => new(new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(string.Concat(Whole(text))) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = style };

    private static Cell Time(DateTime? at) => new() { StyleIndex = WorkbookStyles.Time, CellValue = at is { } time ? new CellValue(time.ToOADate().ToString("R", CultureInfo.InvariantCulture)) : null };

    private static Cell Number(int? number) => new() { StyleIndex = WorkbookStyles.Number, CellValue = number is { } known ? new CellValue(known.ToString(CultureInfo.InvariantCulture)) : null };

    /// <summary>XML has no place for some characters (XML 1.0, 2.2), which names may hold.</summary>
    private static IEnumerable<string> Whole(string text) => text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString());
}
