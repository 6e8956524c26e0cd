using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using TwinHub.Core.Text;
using WordText = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace TwinHub.Core.Documents.Templates;

/// <summary>Writes a template as a Word document, with what the hub knows of the group filled in.</summary>
internal sealed class TemplateWriter
{
    private readonly BuiltInTemplate _template;
    private readonly TemplateFacts _facts;
    private readonly WordPaper _paper;
    private readonly Queue<IReadOnlyList<string>> _filled;

    private TemplateWriter(BuiltInTemplate template, TemplateFacts facts, IEnumerable<IReadOnlyList<string>>? filled) =>
        (_template, _facts, _paper, _filled) = (template, facts, new(facts.Language), new(filled ?? []));

    private string Language => _facts.Language;

    /// <param name="filled">What stands in the texts, lists and tables in their order (cells parted by bars); what it does not reach stays open.</param>
    public static void Write(Stream target, BuiltInTemplate template, TemplateFacts facts, DateTimeOffset now, IEnumerable<IReadOnlyList<string>>? filled = null)
    {
        using var file = WordprocessingDocument.Create(target, WordprocessingDocumentType.Document);
        new TemplateWriter(template, facts, filled).Fill(file);
        file.PackageProperties.Title = template.Name.In(facts.Language);
        file.PackageProperties.Creator = facts.Maker;
        file.PackageProperties.Language = facts.Language;
        (file.PackageProperties.Created, file.PackageProperties.Modified) = (now.UtcDateTime, now.UtcDateTime);
    }

    private void Fill(WordprocessingDocument file)
    {
        var main = file.AddMainDocumentPart();
        main.AddNewPart<StyleDefinitionsPart>("styles").Styles = WordStyles.Of(Language);
        main.AddNewPart<NumberingDefinitionsPart>("lists").Numbering = WordStyles.Bullets();
        main.AddNewPart<FooterPart>("foot").Footer = new Footer(Foot());
        var body = new Body(_paper.Paragraph(_template.Name.In(Language), WordStyles.Title), _paper.Paragraph(_facts.Group, WordStyles.Subtitle));
        foreach (var block in _template.Blocks)
        {
            body.Append(Of(block, null));
        }
        body.Append(Section());
        main.Document = new Document(body);
    }

    private IEnumerable<OpenXmlElement> Of(TemplateBlock block, PartnerFacts? partner) => block.Is switch
    {
        "heading" => [_paper.Paragraph(block.In(Language), WordStyles.Heading(1))],
        "subheading" => [_paper.Paragraph(block.In(Language).Replace("{partner}", partner?.Name, StringComparison.Ordinal), WordStyles.Heading(2))],
        "label" => [_paper.Paragraph(block.In(Language), WordStyles.Label)],
        // Who has filled in what follows needs no guidance any more.
        "guide" => _filled.TryPeek(out var next) && next.Count > 0 ? [] : [_paper.Paragraph(block.In(Language), WordStyles.Guide)],
        "text" => Next() is { Count: > 0 } lines ? lines.Select(line => _paper.Paragraph(line)) : [_paper.Paragraph([]), _paper.Paragraph([])],
        "list" => (Next() is { Count: > 0 } points ? points : block.Parts(Language)).Select(point => _paper.Paragraph(point, WordStyles.Bullet)),
        "table" => Spaced(_paper.Table(block.Parts(Language), Next() is { Count: > 0 } rows ? rows.Select(row => row.Split('|')) : Enumerable.Repeat(Array.Empty<string>(), block.Rows))),
        "partners" => Spaced(_paper.Table(block.Parts(Language), Partners())),
        "facts" => Spaced(_paper.Pairs(Facts(block))),
        "each" => _facts.Partners.SelectMany(one => block.More!.SelectMany(part => Of(part, one))).ToList(),
        _ => throw new InvalidDataException($"A template knows no \"{block.Is}\"."),
    };

    private IReadOnlyList<string>? Next() => _filled.TryDequeue(out var next) ? next : null;

    private IEnumerable<string[]> Partners()
    {
        var filled = Next() ?? [];
        return _facts.Partners.Select((one, place) => new[] { one.Place.Length == 0 ? one.Name : $"{one.Name} ({one.Place})" }.Concat((filled.ElementAtOrDefault(place) ?? "").Split('|')).ToArray());
    }

    private IEnumerable<(string, string)> Facts(TemplateBlock block)
    {
        var words = Texts.Shared.For(Language);
        var asked = block.More is null ? [] : Next() ?? [];
        return [.. block.In("en").Split(' ').Select(key => (words["templates.fact." + key], _facts.Of(key))), .. (block.More ?? []).Select((one, place) => (one.In(Language), asked.ElementAtOrDefault(place) ?? ""))];
    }

    /// <summary>Two tables without a paragraph between would be one.</summary>
    private OpenXmlElement[] Spaced(Table table) => [table, _paper.Paragraph([])];

    private Paragraph Foot() => _paper.Paragraph(
        [.. _paper.Runs($"{_template.Name.In(Language)} · {_facts.Group} · "), new SimpleField(new Run(new RunProperties { RightToLeftText = _paper.IsRightToLeft ? new RightToLeftText() : null }, new WordText("1"))) { Instruction = "PAGE" }], WordStyles.Footer);

    /// <summary>A4, in a frame of 2.5 cm.</summary>
    private SectionProperties Section()
    {
        var section = new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = "foot" }, new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = 1417, Bottom = 1417, Left = 1417, Right = 1417, Header = 708, Footer = 708, Gutter = 0 });
        if (_paper.IsRightToLeft)
        {
            section.Append(new BiDi());
        }
        return section;
    }
}
