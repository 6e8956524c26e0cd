using System.Text.Json;

namespace TwinHub.Core.Documents.Templates;

/// <summary>A template that every network has, in the four languages; data, read from the embedded Documents/Templates.</summary>
/// <param name="Kind">Part of addresses and of <c>document_templates.kind</c>, such as <c>minutes</c>.</param>
/// <param name="About">What it is for, one sentence.</param>
public sealed record BuiltInTemplate(string Kind, LocalizedText Name, LocalizedText About, IReadOnlyList<TemplateBlock> Blocks)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<BuiltInTemplate> All { get; } = [Read("minutes"), Read("concept-note"), Read("led-strategy"), Read("agreement-annex"), Read("review-report")];

    /// <summary>The template of a kind; null: a network's own, or none.</summary>
    public static BuiltInTemplate? Find(string? kind) => All.FirstOrDefault(one => one.Kind == kind);

    private static BuiltInTemplate Read(string kind)
    {
        using var file = typeof(BuiltInTemplate).Assembly.GetManifestResourceStream($"documents/templates/{kind}.json")!;
        var read = JsonSerializer.Deserialize<TemplateFile>(file, Json)!;
        return new(kind, new(read.Name), new(read.About), read.Blocks);
    }

    private sealed record TemplateFile(Dictionary<string, string> Name, Dictionary<string, string> About, List<TemplateBlock> Blocks);
}

/// <summary>A part of a template. Columns of a table, points of a list and keys of facts stand in one text, parted by bars or spaces.</summary>
/// <param name="Is">
/// <c>heading</c>, <c>subheading</c>, <c>label</c>; <c>guide</c> (a sentence that helps to fill in); <c>text</c> (room to write);
/// <c>list</c>, <c>table</c> (with empty rows), <c>partners</c> (a table with a row a partner), <c>facts</c> (of the group, and what
/// <paramref name="More"/> asks for), <c>each</c> (<paramref name="More"/> once a partner).
/// </param>
public sealed record TemplateBlock(string Is, string? En = null, string? Fr = null, string? Ar = null, string? Tr = null, int Rows = 0, IReadOnlyList<TemplateBlock>? More = null)
{
    public string In(string language) => (language switch { "fr" => Fr, "ar" => Ar, "tr" => Tr, _ => En }) ?? En ?? "";

    public string[] Parts(string language) => In(language).Split('|');
}
