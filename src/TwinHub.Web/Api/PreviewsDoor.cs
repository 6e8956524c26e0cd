using Microsoft.Net.Http.Headers;
using TwinHub.Core;
using TwinHub.Core.Documents.Reading;
using TwinHub.Web.Auth;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Api;

/// <summary>
/// What is shown of files inside pages: pictures the hub made itself, and the pages of a PDF, drawn anew. The bytes people sent are
/// never shown.
/// <para>
/// Why drawn anew (tried with Chromium 156): a frame with the attribute <c>sandbox</c>, whatever it allows, shows no PDF at all; in
/// any other frame, with a sandboxing policy on the answer or without, the viewer runs the document's scripts, and their dialogs
/// open. So the frame has no sandbox, and the answer has nothing that could act: no scripts, forms, actions, links or files.
/// </para>
/// </summary>
public static class PreviewsDoor
{
    /// <summary>The one answer that may be framed, by that page.</summary>
    private static readonly ContentPolicyAttribute Framed = new("default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox");

    public static void MapPreviews(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        door.MapGet("/documents/{id:guid}/versions/{number:int}/preview/{size}", async (HttpContext context, Guid id, int number, string size, PreviewFiles files, CancellationToken cancel) =>
            Send(context, await files.OfDocument(context.Viewer().PersonId, id, number, size, cancel))).WithMetadata(ContentPolicyAttribute.Inert);
        door.MapGet("/attachments/{id:guid}/preview/{size}", async (HttpContext context, Guid id, string size, PreviewFiles files, CancellationToken cancel) =>
            Send(context, await files.OfAttachment(context.Viewer().PersonId, id, size, cancel))).WithMetadata(ContentPolicyAttribute.Inert);
        door.MapGet("/documents/{id:guid}/versions/{number:int}/view", async (HttpContext context, Guid id, int number, PreviewFiles files, CancellationToken cancel) =>
            View(context, await files.Pages(context.Viewer().PersonId, id, number, cancel))).WithMetadata(Framed);
    }

    private static IResult Send(HttpContext context, Outcome<PreviewBytes> preview)
    {
        if (preview.Refusal is { } refusal)
        {
            return refusal.Result(context);
        }
        // They never change: the address names a version. Who loses access keeps what their own browser has shown for a day at most.
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return Results.Bytes(preview.Value.Bytes, preview.Value.Type, entityTag: new EntityTagHeaderValue($"\"{preview.Value.Tag}\""));
    }

    private static IResult View(HttpContext context, Outcome<ShownPdf> pages)
    {
        if (pages.Refusal is { } refusal)
        {
            return refusal.Result(context);
        }
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(pages.Value.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Stream(pages.Value.Content, "application/pdf");
    }
}
