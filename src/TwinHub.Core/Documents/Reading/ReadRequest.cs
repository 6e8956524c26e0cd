using System.Text.Json.Serialization;

namespace TwinHub.Core.Documents.Reading;

/// <summary>One line to the process that reads files.</summary>
/// <param name="File">What is to be read: a copy of its own.</param>
/// <param name="Type">Media type by content.</param>
/// <param name="Folder">Where what is made of it goes, under the names of <see cref="ReadNames"/>.</param>
/// <param name="Rewrite">Instead of reading it, writes a PDF anew without anything that acts.</param>
internal sealed record ReadRequest(string File, string Type, string Folder, bool Rewrite);

/// <summary>One line back. What was made lies in the folder.</summary>
/// <param name="Fault">Why nothing can be made of it, now and ever; null: read as far as it can be.</param>
/// <param name="Width">Of a picture, upright: pixels.</param>
/// <param name="Pages">Pages or slides.</param>
internal sealed record ReadAnswer(string? Fault = null, int? Width = null, int? Height = null, int? Pages = null, ReadPicture[]? Previews = null)
{
    /// <summary>Nothing is known of such files beyond their name.</summary>
    public static readonly ReadAnswer Nothing = new();
}

/// <summary>A small picture that was made: <c>small</c> or <c>large</c>, and its pixels.</summary>
internal sealed record ReadPicture(string Size, int Width, int Height);

/// <summary>Files of an answer. The parent opens these names only, whatever it is told.</summary>
internal static class ReadNames
{
    public const string Content = "content", Text = "text", Rewritten = "rewritten.pdf";

    public static string Preview(string size) => size + ".webp";
}

/// <summary>Without reflection: the process starts for one file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(ReadAnswer))]
internal sealed partial class ReadJson : JsonSerializerContext;
