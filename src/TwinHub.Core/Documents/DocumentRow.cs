using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>Which documents are shown, and from where on.</summary>
/// <param name="Folder">Null: the top; by newest change all of the group.</param>
/// <param name="Newest">By newest change; else by name.</param>
/// <param name="After">The last document of the page before.</param>
public sealed record DocumentQuery(Guid? Folder = null, bool Newest = false, Guid? After = null);

/// <summary>A stretch of a group's documents.</summary>
/// <param name="Path">From the top down to the folder that is shown, itself the last.</param>
/// <param name="Folders">Those in it, on the first page by name only.</param>
/// <param name="Next">From where the next page goes on; null: there is none.</param>
public sealed record DocumentList(
    GroupStanding Standing, FolderTree Tree, IReadOnlyList<DocumentFolder> Path, IReadOnlyList<FolderRow> Folders, IReadOnlyList<DocumentRow> Documents, Guid? Next, DocumentUsage Usage)
{
    public DocumentFolder? Folder => Path.Count == 0 ? null : Path[^1];
}

/// <summary>A folder in the list.</summary>
/// <param name="Documents">How many lie directly in it.</param>
public sealed record FolderRow(Guid Id, string Name, int Documents);

/// <summary>A document as a line of a list.</summary>
/// <param name="Type">Media type of the newest version.</param>
/// <param name="Size">Bytes of the newest version.</param>
/// <param name="Comments">How many stand.</param>
/// <param name="Picture">Pixels of its small preview; null: none.</param>
public sealed record DocumentRow(Guid Id, string Name, Guid? Folder, int Version, string Type, long Size, string ChangedBy, DateTimeOffset ChangedAt, int Comments, PictureSize? Picture);

/// <summary>Width and height in pixels, so that nothing jumps when a picture comes.</summary>
public sealed record PictureSize(int Width, int Height);

/// <summary>How much of its room a group uses.</summary>
/// <param name="Bytes">Kept, with old versions, attachments and the bin.</param>
/// <param name="Quota">May be kept.</param>
/// <param name="InBin">Documents that wait in the bin.</param>
public sealed record DocumentUsage(long Bytes, long Quota, int InBin)
{
    /// <summary>0 to 100, rounded up: a little is not nothing.</summary>
    public int Percent => Quota <= 0 ? 100 : (int)Math.Min(100, Math.Ceiling(100m * Bytes / Quota));
}

/// <summary>A document in the bin.</summary>
/// <param name="Size">Bytes of all its versions: what removing it frees.</param>
/// <param name="MayRemove">Whether the reader may remove it for good.</param>
public sealed record BinRow(Guid Id, string Name, string Type, long Size, string DeletedBy, DateTimeOffset DeletedAt, bool MayRemove)
{
    /// <summary>Whole days it still waits, the begun one too; 0 when they are over.</summary>
    public int DaysLeft(DateTimeOffset now, int binDays) => Math.Max(0, (int)Math.Ceiling((DeletedAt.AddDays(binDays) - now).TotalDays));
}

/// <summary>A stretch of the bin, the newest first.</summary>
/// <param name="Next">From where the next page goes on; null: there is none.</param>
/// <param name="Days">How long a document waits there.</param>
public sealed record BinList(GroupStanding Standing, IReadOnlyList<BinRow> Documents, Guid? Next, int Days, DocumentUsage Usage);
