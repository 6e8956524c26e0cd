using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Pages.Groups;

/// <summary>Files that the plain form sends along with a message.</summary>
public sealed class DiscussionFiles(UploadService uploads, AttachmentService attachments, AttachmentSharing sharing)
{
    /// <summary>Bytes the form may bring in all; with the script there is no such limit.</summary>
    public const long MaxForm = 64L * 1024 * 1024;

    /// <summary>Makes attachments of what the form brought, after those it had before.</summary>
    public async Task<TakenFiles> Take(Guid person, string slug, IReadOnlyList<Guid> before, Guid? document, IReadOnlyList<IFormFile> files, CancellationToken cancel)
    {
        var taken = before.ToList();
        if (before.Count + files.Count + (document is null ? 0 : 1) > MessageAttachment.Most)
        {
            return new(taken, Refusal.Invalid("files", "attachments.too-many"));
        }
        if (document is { } shown)
        {
            var made = await attachments.Show(person, slug, shown, cancel);
            if (made.Refusal is { } refusal)
            {
                return new(taken, refusal);
            }
            taken.Add(made.Value.Id);
        }
        foreach (var file in files)
        {
            var made = await Take(person, slug, file, cancel);
            if (made.Refusal is { } refusal)
            {
                return new(taken, refusal);
            }
            taken.Add(made.Value.Id);
        }
        return new(taken, null);
    }

    /// <summary>Gives up what was made for a message that had been posted before.</summary>
    public async Task GiveUp(Guid person, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        foreach (var id in ids)
        {
            await attachments.Remove(person, id, cancel);
        }
    }

    /// <summary>What the form shows: the attachments it has already, and the document that is to be shared.</summary>
    public async Task<ComposedFiles> Compose(Guid person, string slug, IReadOnlyList<Guid> ids, Guid? document, CancellationToken cancel)
    {
        var found = document is { } id ? await sharing.FindDocument(person, slug, id, cancel) : Refusal.NotFound;
        return new(await attachments.Unposted(person, ids, cancel), found.Refusal is null ? found.Value : null);
    }

    private async Task<Outcome<MessageAttachment>> Take(Guid person, string slug, IFormFile file, CancellationToken cancel)
    {
        await using var content = file.OpenReadStream();
        var upload = await uploads.Receive(person, slug, file.FileName, content, cancel);
        return upload.Refusal is { } refusal ? refusal : await attachments.Add(person, slug, upload.Value, isReduced: false, cancel);
    }
}

/// <summary>Attachments that were made, up to the first that was refused.</summary>
public sealed record TakenFiles(IReadOnlyList<Guid> Ids, Refusal? Refusal);

/// <summary>Files that stand in the form.</summary>
public sealed record ComposedFiles(IReadOnlyList<MessageAttachment> Attachments, SharedDocument? Document);
