using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Reading;

/// <summary>What of a version can be shown on a page, besides its name.</summary>
/// <param name="Type">Media type by content.</param>
/// <param name="IsWaiting">Its preview is being made.</param>
/// <param name="Small">Null: there is no picture of it; then there is no large one either.</param>
/// <param name="Text">The beginning of a text, where it is one.</param>
/// <param name="IsCut">There is more text than is shown.</param>
public sealed record VersionPreview(Guid Document, int Number, string Name, string Slug, string Type, bool IsWaiting, int? Pages, ShownPicture? Small, ShownPicture? Large, string? Text, bool IsCut)
{
    /// <summary>Bytes of a text that are shown.</summary>
    public const int MostText = 200 * 1024;

    /// <summary>Pages of a PDF that are shown: drawing them takes time and room.</summary>
    public const int MostPagesShown = 200;

    /// <summary>Its pages can be shown (they are counted only where they can be drawn).</summary>
    public bool HasPages => Type == FileTypes.Pdf && Pages > 0;
}

/// <summary>Pixels of a preview, so that nothing jumps when it comes.</summary>
public sealed record ShownPicture(int Width, int Height);

/// <summary>A small picture and the tag that changes with it only.</summary>
public sealed record PreviewBytes(byte[] Bytes, string Type, string Tag);

/// <summary>A PDF to be shown.</summary>
public sealed record ShownPdf(Stream Content, string Name);
