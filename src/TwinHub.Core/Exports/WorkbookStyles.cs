using DocumentFormat.OpenXml.Spreadsheet;

namespace TwinHub.Core.Exports;

/// <summary>How cells of a workbook look, by their place in the list of formats (ECMA-376, 18.8.10).</summary>
internal static class WorkbookStyles
{
    public const uint Heading = 1, Plain = 2, Time = 3, Number = 4, Day = 5;

    /// <summary>The first number that is not built in.</summary>
    private const uint OwnFormat = 164, OwnDay = 165;

    public static Stylesheet Make() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = OwnFormat, FormatCode = "yyyy\\-mm\\-dd\\ hh:mm" }, new NumberingFormat { NumberFormatId = OwnDay, FormatCode = "yyyy\\-mm\\-dd" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FontId = 1, ApplyFont = true, ApplyAlignment = true },
            // A text stays one also when somebody edits it: "=1+1" does not become a formula.
            new CellFormat { QuotePrefix = true, NumberFormatId = 49, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = OwnFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 1, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = OwnDay, ApplyNumberFormat = true }));
}
