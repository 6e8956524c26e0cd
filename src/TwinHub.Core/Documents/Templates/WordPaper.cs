using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using WordText = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace TwinHub.Core.Documents.Templates;

/// <summary>
/// Paragraphs and tables of one language. In Arabic every paragraph and table runs from the right, and Latin words within a
/// sentence are runs of their own, so that their punctuation stays with them.
/// </summary>
internal sealed partial class WordPaper(string language)
{
    public bool IsRightToLeft { get; } = language == "ar";

    public Paragraph Paragraph(string text, string? style = null) => Paragraph(Runs(text), style);

    public Paragraph Paragraph(IEnumerable<OpenXmlElement> runs, string? style = null)
    {
        var paragraph = new Paragraph(new ParagraphProperties
        {
            ParagraphStyleId = style is null ? null : new ParagraphStyleId { Val = style },
            BiDi = IsRightToLeft ? new BiDi() : null,
        });
        paragraph.Append(runs);
        return paragraph;
    }

    /// <summary>A table over the whole width, its first row a heading that comes again on every page.</summary>
    public Table Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = Frame(heads.Count, headed: true);
        table.Append(new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. heads.Select(Cell)]));
        table.Append(rows.Select(row => Row(Enumerable.Range(0, heads.Count).Select(place => row.ElementAtOrDefault(place) ?? ""))));
        return table;
    }

    /// <summary>A table of two columns, what and which.</summary>
    public Table Pairs(IEnumerable<(string Name, string Value)> pairs)
    {
        var table = Frame(2, headed: false);
        table.Append(pairs.Select(pair => Row([pair.Name, pair.Value])));
        return table;
    }

    public IEnumerable<Run> Runs(string text) => !IsRightToLeft ? [Run(text, false)] : Parts(text).Select(part => Run(part.Text, part.IsArabic));

    private static TableRow Row(IEnumerable<TableCell> cells) => new([new TableRowProperties(new CantSplit()), .. cells]);

    private TableRow Row(IEnumerable<string> cells) => Row(cells.Select(Cell));

    private TableCell Cell(string text) => new(new TableCellProperties(), Paragraph(text.Length == 0 ? [] : Runs(text)));

    private Table Frame(int columns, bool headed) => new(
        new TableProperties
        {
            TableStyle = new TableStyle { Val = WordStyles.Table },
            BiDiVisual = IsRightToLeft ? new BiDiVisual() : null,
            TableWidth = new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
            TableLook = new TableLook { FirstRow = headed, FirstColumn = !headed, NoHorizontalBand = true, NoVerticalBand = true },
        },
        new TableGrid(Enumerable.Range(0, columns).Select(_ => new GridColumn { Width = (9070 / columns).ToString(System.Globalization.CultureInfo.InvariantCulture) })));

    private static Run Run(string text, bool isArabic) => new(
        new RunProperties { RightToLeftText = isArabic ? new RightToLeftText() : null },
        new WordText(text) { Space = SpaceProcessingModeValues.Preserve });

    private static IEnumerable<(string Text, bool IsArabic)> Parts(string text)
    {
        var at = 0;
        foreach (Match latin in Latin().Matches(text))
        {
            if (latin.Index > at)
            {
                yield return (text[at..latin.Index], true);
            }
            yield return (latin.Value, false);
            at = latin.Index + latin.Length;
        }
        if (at < text.Length)
        {
            yield return (text[at..], true);
        }
    }

    /// <summary>Words of another script, with what stands between them.</summary>
    [GeneratedRegex(@"[\p{L}-[\u0600-\u06FF]](?:[^\u0600-\u06FF]*[\p{L}\p{N}-[\u0600-\u06FF]])?")]
    private static partial Regex Latin();
}
