using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Storage;

/// <summary>Bytes in the store, one row however often they are shared.</summary>
public sealed class FileContent
{
    public const string Waiting = "waiting", Done = "done", Failed = "failed";

    private FileContent() { }

    public byte[] Hash { get; private set; } = [];

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Media type by content, such as <c>image/jpeg</c>; <c>application/octet-stream</c> where nothing is known.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Of a picture as it is shown, turned upright: pixels.</summary>
    public int? Width { get; private set; }
    public int? Height { get; private set; }

    /// <summary><c>waiting</c>, <c>done</c> or <c>failed</c>: whether previews and text have been made of it.</summary>
    public string Reading { get; private set; } = "";

    public int Attempts { get; private set; }
    public DateTimeOffset NextReadingAt { get; private set; }

    /// <summary>What it says, for search; null where nothing could be read.</summary>
    public string? Text { get; private set; }

    public int? Pages { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>It has been read, as far as it can be.</summary>
    internal void Finish(ReadContent read)
    {
        (Reading, Width, Height) = (read.IsReadable ? Done : Failed, read.Width, read.Height);
        (Pages, Text) = (read.Pages, read.Text);
    }
}

/// <summary>A small picture of a picture or of a first page.</summary>
public sealed class ContentPreview
{
    /// <summary>Fits a list or a message: at most 480 pixels a side.</summary>
    public const string Small = "small";

    /// <summary>Fits a screen: at most 1,600 pixels a side.</summary>
    public const string Large = "large";

    private ContentPreview() { }

    internal ContentPreview(byte[] hash, ReadPreview preview) =>
        (Hash, Size, Type, Width, Height, Bytes) = (hash, preview.Size, FileTypes.WebP, preview.Width, preview.Height, preview.Bytes);

    public byte[] Hash { get; private set; } = [];
    public string Size { get; private set; } = "";
    public string Type { get; private set; } = "";
    public int Width { get; private set; }
    public int Height { get; private set; }
    public byte[] Bytes { get; private set; } = [];
}

/// <summary>What a group keeps.</summary>
public sealed class GroupStorage
{
    private GroupStorage() { }

    public Guid GroupId { get; private set; }
    public long Bytes { get; private set; }
}
