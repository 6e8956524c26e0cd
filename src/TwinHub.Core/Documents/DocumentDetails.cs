using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>A document with everything its page shows.</summary>
/// <param name="ChangedBy">Who changed it last.</param>
/// <param name="Versions">The newest first, at most <see cref="DocumentPageReader.MostVersions"/>.</param>
/// <param name="Comments">The oldest first, the last <see cref="DocumentPageReader.MostComments"/>.</param>
/// <param name="Seen">Who has seen it, the last first.</param>
/// <param name="Mentions">Where the discussion shows it, the last first.</param>
public sealed record DocumentDetails(
    GroupStanding Standing, SharedDocument Document, string ChangedBy, FolderTree Tree, FilePreview Preview,
    IReadOnlyList<VersionView> Versions, IReadOnlyList<CommentView> Comments, IReadOnlyList<SeenBy> Seen, IReadOnlyList<Mention> Mentions)
{
    /// <summary>From the top down to the folder it lies in.</summary>
    public IReadOnlyList<DocumentFolder> Path => Tree.Path(Document.FolderId);
}

/// <summary>What can be shown of one version of a document.</summary>
/// <param name="Type">Media type by content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Pages">Null: unknown, or none to count.</param>
/// <param name="Large">Null: there is no picture of it.</param>
public sealed record FilePreview(Guid Document, int Version, string Name, string Type, long Size, int? Pages, PictureSize? Small, PictureSize? Large);

/// <summary>A version in the list of a document's versions.</summary>
/// <param name="OrganisationId">The partner the person answered for; null: none.</param>
public sealed record VersionView(int Number, string FileName, long Size, string Person, Guid? OrganisationId, DateTimeOffset CreatedAt, int? RestoredFrom);

/// <summary>A comment with its author.</summary>
/// <param name="MayTakeBack">Whether the reader may.</param>
public sealed record CommentView(Guid Id, int Version, string Person, Guid? OrganisationId, string Body, DateTimeOffset CreatedAt, bool MayTakeBack);

/// <summary>Who has seen which version last.</summary>
public sealed record SeenBy(Guid PersonId, string Person, int Version, DateTimeOffset At);

/// <summary>A message that shows the document.</summary>
/// <param name="Posted">The message's place.</param>
public sealed record Mention(Guid Message, long Posted, string Author, DateTimeOffset SentAt);
