using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups;
using TwinHub.Core.Text;

namespace TwinHub.Core.Documents;

/// <summary>What may be said of a document.</summary>
internal static class DocumentWords
{
    /// <summary>Why a document cannot be as it is asked for; null: it can.</summary>
    public static async Task<Refusal?> Fault(GroupWork work, NewDocument input) =>
        input.Description is { Length: > SharedDocument.MaxDescription } ? new Refusal(RefusalCode.TooLong, "documents.description-too-long", "description")
        : input.Language is not null && !Languages.IsKnown(input.Language) ? Refusal.Invalid("language")
        : input.Folder is { } folder && !await work.Db.DocumentFolders.AnyAsync(f => f.Id == folder && f.GroupId == work.Group.Id, work.Cancel) ? Refusal.Invalid("folder", "documents.folder-gone") : null;
}
