using TwinHub.Core.Documents.Storage;

namespace TwinHub.Core.Documents.Attachments;

/// <summary>A file with a message: bytes of its own, or a document of the group as it stood when it was shown.</summary>
public sealed class Attachment
{
    private Attachment() { }

    /// <summary>A file that was sent for a message.</summary>
    public Attachment(Guid groupId, Guid person, StoredFile file, bool isReduced, DateTimeOffset now)
    {
        (Id, GroupId, PersonId, Name, Hash, Size) = (Guid.CreateVersion7(), groupId, person, file.Name, file.Hash, file.Size);
        (IsReduced, CreatedAt) = (isReduced, now);
    }

    /// <summary>A document, shown in the discussion.</summary>
    public Attachment(SharedDocument document, DocumentVersion version, Guid person, DateTimeOffset now)
    {
        (Id, GroupId, PersonId, Name, Size) = (Guid.CreateVersion7(), document.GroupId, person, document.Name, version.Size);
        (DocumentId, Version, CreatedAt) = (document.Id, version.Number, now);
    }

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Null: not posted yet.</summary>
    public Guid? MessageId { get; private set; }

    public int Position { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Null where it shows a document, be the document gone by now.</summary>
    public byte[]? Hash { get; private set; }

    public long Size { get; private set; }
    public Guid? DocumentId { get; private set; }
    public int? Version { get; private set; }

    /// <summary>The picture is a small one that was sent first; its full size may follow, once.</summary>
    public bool IsReduced { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The full size takes the place of the small picture that was sent first.</summary>
    public void Replace(StoredFile file) => (Name, Hash, Size, IsReduced) = (file.Name, file.Hash, file.Size, false);
}
