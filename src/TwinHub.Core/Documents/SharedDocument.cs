using TwinHub.Core.Documents.Storage;

namespace TwinHub.Core.Documents;

/// <summary>A document of a group: a name, a place, and versions that are only ever added.</summary>
public sealed class SharedDocument
{
    public const int MaxName = 200;
    public const int MaxDescription = 2_000;

    private SharedDocument() { }

    /// <param name="id">Made with a form, so that it is kept once however often it is sent; null: a new one.</param>
    public SharedDocument(Guid groupId, Guid? folderId, string name, byte[] hash, Guid person, DateTimeOffset now, Guid? id = null)
    {
        (Id, GroupId, FolderId, Name, Hash, Version) = (id ?? Guid.CreateVersion7(), groupId, folderId, name, hash, 1);
        (CreatedBy, CreatedAt, ChangedBy, ChangedAt) = (person, now, person, now);
    }

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }

    /// <summary>Null: at the top.</summary>
    public Guid? FolderId { get; private set; }

    /// <summary>1 to 200 characters, with the file's ending.</summary>
    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>In which language it is written; null: not said.</summary>
    public string? Language { get; private set; }

    /// <summary>The newest version's number, from 1.</summary>
    public int Version { get; private set; }

    /// <summary>The newest version's bytes.</summary>
    public byte[] Hash { get; private set; } = [];

    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public Guid ChangedBy { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>In the bin since; null: not there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }
    public Guid? DeletedBy { get; private set; }

    /// <summary>The attachment it was made from.</summary>
    public Guid? AttachmentId { get; private set; }

    public SharedDocument Described(string description, string? language)
    {
        (Description, Language) = (description, language);
        return this;
    }

    public SharedDocument From(Guid? attachment)
    {
        AttachmentId = attachment;
        return this;
    }

    public void Rename(string name, Guid person, DateTimeOffset now) => (Name, ChangedBy, ChangedAt) = (name, person, now);

    public void Move(Guid? folder) => FolderId = folder;

    /// <summary>The next version; its number.</summary>
    public int Renew(byte[] hash, Guid person, DateTimeOffset now)
    {
        (Hash, ChangedBy, ChangedAt) = (hash, person, now);
        return ++Version;
    }

    public void Delete(Guid person, DateTimeOffset now) => (DeletedBy, DeletedAt) = (person, now);

    public void Restore() => (DeletedBy, DeletedAt) = (null, null);
}

/// <summary>One state of a document; never changed, never overwritten.</summary>
public sealed class DocumentVersion
{
    private DocumentVersion() { }

    public DocumentVersion(SharedDocument document, StoredFile file, Guid person, Guid? organisation, DateTimeOffset now, int? restoredFrom = null)
    {
        (DocumentId, Number, Hash, Size, FileName) = (document.Id, document.Version, file.Hash, file.Size, file.Name);
        (PersonId, OrganisationId, CreatedAt, RestoredFrom) = (person, organisation, now, restoredFrom);
    }

    public Guid DocumentId { get; private set; }
    public int Number { get; private set; }
    public byte[] Hash { get; private set; } = [];
    public long Size { get; private set; }

    /// <summary>The name of the file as it was sent.</summary>
    public string FileName { get; private set; } = "";

    public Guid PersonId { get; private set; }
    public Guid? OrganisationId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public int? RestoredFrom { get; private set; }
}

/// <summary>A place for documents; folders may lie in folders.</summary>
public sealed class DocumentFolder
{
    public const int MaxName = 120;

    private DocumentFolder() { }

    /// <param name="id">Made with the form: sent twice, it is one folder. Null: a new one.</param>
    public DocumentFolder(Guid groupId, Guid? parentId, string name, Guid person, DateTimeOffset now, Guid? id = null) =>
        (Id, GroupId, ParentId, Name, CreatedBy, CreatedAt) = (id ?? Guid.CreateVersion7(), groupId, parentId, name, person, now);

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public Guid? ParentId { get; private set; }
    public string Name { get; private set; } = "";
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    public void Rename(string name) => Name = name;

    public void Move(Guid? parent) => ParentId = parent;
}

/// <summary>What somebody says of a document.</summary>
public sealed class DocumentComment
{
    public const int MaxBody = 4_000;

    private DocumentComment() { }

    /// <param name="id">Made with the form: sent twice, it is one comment.</param>
    public DocumentComment(Guid id, SharedDocument document, Guid person, Guid? organisation, string body, DateTimeOffset now) =>
        (Id, DocumentId, Version, PersonId, OrganisationId, Body, CreatedAt) = (id, document.Id, document.Version, person, organisation, body, now);

    public Guid Id { get; private set; }
    public Guid DocumentId { get; private set; }

    /// <summary>The newest version when it was written.</summary>
    public int Version { get; private set; }

    public Guid PersonId { get; private set; }
    public Guid? OrganisationId { get; private set; }
    public string Body { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? DeletedAt { get; private set; }

    public void Delete(DateTimeOffset now) => DeletedAt ??= now;
}

/// <summary>Which version somebody has seen last.</summary>
public sealed class DocumentView
{
    private DocumentView() { }

    public Guid DocumentId { get; private set; }
    public Guid PersonId { get; private set; }
    public int Version { get; private set; }
    public DateTimeOffset SeenAt { get; private set; }
}

/// <summary>A change that the discussion has not been told of yet.</summary>
public sealed class DocumentNews
{
    private DocumentNews() { }

    public DocumentNews(SharedDocument document, DateTimeOffset now) =>
        (GroupId, PersonId, DocumentId, Version, At) = (document.GroupId, document.ChangedBy, document.Id, document.Version, now);

    public long Id { get; private set; }
    public Guid GroupId { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid DocumentId { get; private set; }
    public int Version { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>A template of a network's own, in one language.</summary>
public sealed class DocumentTemplate
{
    private DocumentTemplate() { }

    public DocumentTemplate(Guid networkId, string kind, string language, string name, StoredFile file, Guid person, DateTimeOffset now)
    {
        (Id, NetworkId, Kind, Language, Name) = (Guid.CreateVersion7(), networkId, kind, language, name);
        (FileName, Hash, Size, PersonId, CreatedAt) = (file.Name, file.Hash, file.Size, person, now);
    }

    public Guid Id { get; private set; }
    public Guid NetworkId { get; private set; }
    public string Kind { get; private set; } = "";
    public string Language { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string FileName { get; private set; } = "";
    public byte[] Hash { get; private set; } = [];
    public long Size { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
}
