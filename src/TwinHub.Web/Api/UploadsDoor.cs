using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Text;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

/// <summary>
/// Where the pages' script sends files: the core of the tus protocol, version 1.0.0 (creation, core, termination), and what an
/// upload becomes at its end. Every request carries <c>Tus-Resumable</c>, which no foreign page can send (ASVS 3.5.1).
/// </summary>
public static class UploadsDoor
{
    private const string Version = "1.0.0";

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("").RequireAuthorization().ExcludeFromDescription().AddEndpointFilter(OnlyTus);
        door.MapPost("/groups/{slug}/uploads", Create);
        door.MapMethods("/uploads/{id:guid}", [HttpMethods.Head], Find);
        door.MapPatch("/uploads/{id:guid}", Append);
        door.MapDelete("/uploads/{id:guid}", Cancel);
        door.MapPost("/uploads/{id:guid}/document", Document);
        door.MapPost("/uploads/{id:guid}/version", AddVersion);
        door.MapAttachments();
    }

    private static async ValueTask<object?> OnlyTus(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers["Tus-Resumable"] = Version;
        return context.Request.Headers["Tus-Resumable"] == Version ? await next(invocation) : Results.StatusCode(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> Create(HttpContext context, string slug, UploadService uploads, CancellationToken cancel)
    {
        var size = Number(context.Request.Headers["Upload-Length"]);
        var created = size is null ? Refusal.Invalid("Upload-Length") : await uploads.Create(context.Viewer().PersonId, slug, FileName(context.Request.Headers["Upload-Metadata"]), size.Value, cancel);
        return created.Refusal is { } refusal ? refusal.Result(context) : Results.Created($"/uploads/{created.Value}", null);
    }

    private static async Task<IResult> Find(HttpContext context, Guid id, UploadService uploads, CancellationToken cancel)
    {
        var found = await uploads.Find(context.Viewer().PersonId, id, cancel);
        if (found.Refusal is { } refusal)
        {
            return Results.StatusCode(Problems.Status(refusal.Code));
        }
        Tell(context, found.Value.Offset);
        context.Response.Headers["Upload-Length"] = found.Value.Size.ToString(CultureInfo.InvariantCulture);
        return Results.Ok();
    }

    private static async Task<IResult> Append(HttpContext context, Guid id, UploadService uploads, CancellationToken cancel)
    {
        if (context.Request.ContentType != "application/offset+octet-stream" || Number(context.Request.Headers["Upload-Offset"]) is not { } offset)
        {
            return Refusal.Invalid("Upload-Offset").Result(context);
        }
        // A piece may be as long as the file: what was announced is the limit.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var appended = await uploads.Append(context.Viewer().PersonId, id, offset, context.Request.Body, cancel);
        if (appended.Refusal is { } refusal)
        {
            return refusal.Result(context);
        }
        Tell(context, appended.Value);
        return Results.NoContent();
    }

    private static async Task<IResult> Cancel(HttpContext context, Guid id, UploadService uploads, CancellationToken cancel)
    {
        var cancelled = await uploads.Cancel(context.Viewer().PersonId, id, cancel);
        return cancelled.Refusal is { } refusal ? refusal.Result(context) : Results.NoContent();
    }

    private static async Task<IResult> Document(HttpContext context, Guid id, UploadedDocument body, DocumentService documents, CancellationToken cancel)
    {
        var made = await documents.Add(context.Viewer().PersonId, body.Group ?? "", id, new(body.Name, body.Folder, body.Description, Languages.IsKnown(body.Language) ? body.Language : null), cancel);
        return context.Answer(made, document => new { id = document });
    }

    private static async Task<IResult> AddVersion(HttpContext context, Guid id, UploadedVersion body, DocumentService documents, CancellationToken cancel) =>
        context.Answer(await documents.AddVersion(context.Viewer().PersonId, body.Document, id, cancel), document => new { id = document });

    private static void Tell(HttpContext context, long offset) => context.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The value of <c>filename</c> among pairs of a key and base64, parted by commas.</summary>
    private static string? FileName(string? metadata)
    {
        foreach (var pair in (metadata ?? "").Split(','))
        {
            var parts = pair.Trim().Split(' ');
            var bytes = new byte[1024];
            if (parts is ["filename", { Length: <= 1200 } value] && Convert.TryFromBase64String(value, bytes, out var length))
            {
                return Encoding.UTF8.GetString(bytes, 0, length);
            }
        }
        return null;
    }
}

/// <summary>An upload becomes a document of its group.</summary>
public sealed record UploadedDocument(string? Group, string? Name, Guid? Folder, string? Description, string? Language);

/// <summary>An upload becomes the next version of a document.</summary>
public sealed record UploadedVersion(Guid Document);
