using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace TwinHub.Core.Documents.Templates;

/// <summary>The styles of our Word documents: Word's own names, so that its outline, its tables of contents and screen readers know them.</summary>
internal static class WordStyles
{
    public const string Title = "Title", Subtitle = "Subtitle", Guide = "Guide", Label = "Label", Table = "TwinTable", Bullet = "ListBullet", Footer = "Footer";
    public const int BulletList = 1;

    private const string Ink = "1F2A30", Deep = "1D4F46", Quiet = "5F6B70", Line = "B9C2C4", Tint = "EEF3F1";

    public static string Heading(int level) => "Heading" + level.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static Styles Of(string language)
    {
        var isArabic = language == "ar";
        return new Styles(
            new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", ComplexScript = "Arial" }, new Color { Val = Ink }, new FontSize { Val = "22" }, new FontSizeComplexScript { Val = isArabic ? "24" : "22" }, Language(language))),
                new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = isArabic ? "340" : "276", LineRule = LineSpacingRuleValues.Auto }))),
            Paragraph("Normal", "Normal", null, new()),
            Paragraph(Title, "Title", 0, Type("48", Deep, bold: true), before: "0", after: "60"),
            Paragraph(Subtitle, "Subtitle", null, Type("26", Quiet), before: "0", after: "240"),
            Paragraph(Heading(1), "heading 1", 0, Type("30", Deep, bold: true), before: "360", after: "100", outline: 0),
            Paragraph(Heading(2), "heading 2", 0, Type("25", Deep, bold: true), before: "240", after: "80", outline: 1),
            Paragraph(Label, "Label", 0, Type("22", Ink, bold: true), before: "120", after: "40"),
            // Arabic is not slanted (glossary, 2.5): there the grey alone tells guidance from content.
            Paragraph(Guide, "Guide", null, Type("21", Quiet, italic: !isArabic), before: "0", after: "120"),
            Paragraph(Bullet, "List Bullet", null, new(), before: "0", after: "60", list: BulletList),
            Paragraph(Footer, "footer", null, Type("18", Quiet), before: "0", after: "0"),
            TableStyle());
    }

    /// <summary>One bullet list.</summary>
    public static Numbering Bullets() => new(
        new AbstractNum(new Level(new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = NumberFormatValues.Bullet }, new LevelText { Val = "•" }, new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = "567", Hanging = "283" }))
        { LevelIndex = 0 })
        { AbstractNumberId = 0, MultiLevelType = new MultiLevelType { Val = MultiLevelValues.SingleLevel } },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = BulletList });

    public static Languages Language(string language) => language == "ar"
        ? new Languages { Val = "en-GB", Bidi = "ar-LB" }
        : new Languages { Val = language switch { "fr" => "fr-FR", "tr" => "tr-TR", _ => "en-GB" }, Bidi = "ar-LB" };

    private static StyleRunProperties Type(string size, string colour, bool bold = false, bool italic = false)
    {
        var type = new StyleRunProperties();
        if (bold)
        {
            type.Append(new Bold(), new BoldComplexScript());
        }
        if (italic)
        {
            type.Append(new Italic(), new ItalicComplexScript());
        }
        type.Append(new Color { Val = colour }, new FontSize { Val = size }, new FontSizeComplexScript { Val = size });
        return type;
    }

    /// <param name="keep">Not null: stays with what follows it.</param>
    private static Style Paragraph(string id, string name, int? keep, StyleRunProperties type, string? before = null, string? after = null, int? outline = null, int? list = null)
    {
        var paragraph = new StyleParagraphProperties();
        if (keep is not null)
        {
            paragraph.Append(new KeepNext());
        }
        if (list is { } number)
        {
            paragraph.Append(new NumberingProperties(new NumberingId { Val = number }));
        }
        if (before is not null)
        {
            paragraph.Append(new SpacingBetweenLines { Before = before, After = after });
        }
        if (outline is { } level)
        {
            paragraph.Append(new OutlineLevel { Val = level });
        }
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, Default = id == "Normal" ? true : null, CustomStyle = id is Guide or Label ? true : null };
        style.Append(new StyleName { Val = name });
        if (id != "Normal")
        {
            style.Append(new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = id == Bullet ? Bullet : "Normal" });
        }
        style.Append(new PrimaryStyle(), paragraph, type);
        return style;
    }

    private static Style TableStyle()
    {
        EnumValue<BorderValues> single = BorderValues.Single;
        return new Style(
            new StyleName { Val = "Twin Table" }, new PrimaryStyle(),
            new StyleParagraphProperties(new SpacingBetweenLines { Before = "40", After = "40" }),
            new StyleTableProperties(
                new TableBorders(
                    new TopBorder { Val = single, Size = 4, Color = Line }, new LeftBorder { Val = single, Size = 4, Color = Line }, new BottomBorder { Val = single, Size = 4, Color = Line },
                    new RightBorder { Val = single, Size = 4, Color = Line }, new InsideHorizontalBorder { Val = single, Size = 4, Color = Line }, new InsideVerticalBorder { Val = single, Size = 4, Color = Line }),
                new TableCellMarginDefault(new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 100, Type = TableWidthValues.Dxa }, new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 100, Type = TableWidthValues.Dxa })),
            new TableStyleProperties(new RunPropertiesBaseStyle(new Bold(), new BoldComplexScript()), new TableStyleConditionalFormattingTableCellProperties(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = Tint })) { Type = TableStyleOverrideValues.FirstRow },
            new TableStyleProperties(new RunPropertiesBaseStyle(new Bold(), new BoldComplexScript())) { Type = TableStyleOverrideValues.FirstColumn })
        { Type = StyleValues.Table, StyleId = Table, CustomStyle = true };
    }
}
