using TwinHub.Core.Documents.Storage;

namespace TwinHub.Core.Documents.Reading;

/// <summary>What was made of a file.</summary>
/// <param name="IsReadable">False: nothing can be made of it, however often one tries.</param>
/// <param name="Text">At most <see cref="KeptText.Most"/> UTF-16 units.</param>
public sealed record ReadContent(bool IsReadable, int? Width = null, int? Height = null, int? Pages = null, string? Text = null)
{
    /// <summary>The small pictures, as WebP.</summary>
    public IReadOnlyList<ReadPreview> Previews { get; init; } = [];
}

/// <summary>A small picture: <see cref="ContentPreview.Small"/> or <see cref="ContentPreview.Large"/>, pixels, WebP.</summary>
public sealed record ReadPreview(string Size, int Width, int Height, byte[] Bytes);
