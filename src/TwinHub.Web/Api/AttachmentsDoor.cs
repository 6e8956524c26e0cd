using TwinHub.Core.Documents.Attachments;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

/// <summary>Where the discussion's script makes files ready for a message, and takes them back. Opened by <see cref="UploadsDoor"/>, under its rules.</summary>
internal static class AttachmentsDoor
{
    public static void MapAttachments(this RouteGroupBuilder door)
    {
        door.MapPost("/uploads/{id:guid}/attachment", OfUpload);
        door.MapPost("/groups/{slug}/attachments", OfDocument);
        door.MapDelete("/attachments/{id:guid}", Remove);
    }

    private static async Task<IResult> OfUpload(HttpContext context, Guid id, UploadedAttachment body, AttachmentService attachments, CancellationToken cancel)
    {
        var person = context.Viewer().PersonId;
        return context.Answer(body.Replaces is { } small
            ? await attachments.ReplaceReduced(person, small, id, cancel)
            : await attachments.Add(person, body.Group ?? "", id, body.Reduced, cancel), made => made);
    }

    private static async Task<IResult> OfDocument(HttpContext context, string slug, ShownDocument body, AttachmentService attachments, CancellationToken cancel) =>
        context.Answer(await attachments.Show(context.Viewer().PersonId, slug, body.Document, cancel), made => made);

    private static async Task<IResult> Remove(HttpContext context, Guid id, AttachmentService attachments, CancellationToken cancel)
    {
        var removed = await attachments.Remove(context.Viewer().PersonId, id, cancel);
        return removed.Refusal is { } refusal ? refusal.Result(context) : Results.NoContent();
    }
}

/// <summary>An upload becomes a file for a message of its group.</summary>
/// <param name="Reduced">It is a small picture of one whose full size may follow.</param>
/// <param name="Replaces">The attachment whose small picture this is the full size of.</param>
public sealed record UploadedAttachment(string? Group, bool Reduced, Guid? Replaces);

/// <summary>A document is shown in the discussion.</summary>
public sealed record ShownDocument(Guid Document);
