using System.Globalization;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Documents.Storage;
using TwinHub.Web.Auth;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Api;

/// <summary>Documents for programs (contract, part 4).</summary>
internal static class DocumentsApi
{
    public static void MapDocuments(this RouteGroupBuilder api)
    {
        api.MapGet("/groups/{slug}/documents", List).WithSummary("The documents of a group with their versions, in order of their making.");
        api.MapPost("/groups/{slug}/documents", Add).WithSummary("multipart/form-data: file; before it, where wanted, name, folder, description, language.");
        api.MapPost("/groups/{slug}/attachments", Attach).WithSummary("multipart/form-data with one file for a message: its id goes into attachmentIds.");
        api.MapGet("/documents/{id}", Show).WithSummary("One document with all its versions.");
        api.MapPost("/documents/{id}/versions", AddVersion).WithSummary("multipart/form-data with one file, which becomes the next version.");
        api.MapGet("/documents/{id}/versions/{n}/content", Content).WithMetadata(ContentPolicyAttribute.Inert).WithSummary("The bytes of a version; Range is honoured.");
    }

    private static async Task<IResult> List(HttpContext context, string slug, string? limit, string? cursor, DocumentCatalog catalog, CancellationToken cancel)
    {
        var (size, after) = (Page.Limit(limit), Page.After(cursor));
        if ((size.Refusal ?? after.Refusal) is { } wrong)
        {
            return wrong.Result(context);
        }
        var found = await catalog.List(context.Viewer().PersonId, slug, after.Value, size.Value + 1, cancel);
        return found.Refusal is { } refusal ? refusal.Result(context) : Results.Json(Page.Of(found.Value, size.Value, Shape, entry => entry.Document.Id.ToString()));
    }

    private static async Task<IResult> Show(HttpContext context, string id, DocumentCatalog catalog, CancellationToken cancel) =>
        context.Answer(await catalog.Find(context.Viewer().PersonId, Id(id), cancel), Shape);

    private static async Task<IResult> Add(HttpContext context, string slug, StreamedForms forms, DocumentService documents, DocumentCatalog catalog, CancellationToken cancel)
    {
        var me = context.Viewer().PersonId;
        var form = await forms.Receive(context, me, slug, cancel);
        if (form.Refusal is { } refusal)
        {
            return refusal.Result(context);
        }
        var folder = form.Value.Field("folder");
        var made = folder is not null && !Guid.TryParse(folder, out _) ? Refusal.Invalid("folder")
            : await documents.Add(me, slug, form.Value.Upload, new(form.Value.Field("name"), folder is null ? null : Guid.Parse(folder), form.Value.Field("description"), form.Value.Field("language")), cancel);
        return await Made(context, made, catalog, cancel);
    }

    private static async Task<IResult> Attach(HttpContext context, string slug, StreamedForms forms, AttachmentService attachments, CancellationToken cancel)
    {
        var me = context.Viewer().PersonId;
        var form = await forms.Receive(context, me, slug, cancel);
        return form.Refusal is { } refusal ? refusal.Result(context)
            : context.Answer(await attachments.Add(me, slug, form.Value.Upload, isReduced: false, cancel), made => made, StatusCodes.Status201Created);
    }

    private static async Task<IResult> AddVersion(HttpContext context, string id, StreamedForms forms, DocumentService documents, DocumentCatalog catalog, CancellationToken cancel)
    {
        var me = context.Viewer().PersonId;
        var found = await catalog.Find(me, Id(id), cancel);
        var form = found.Refusal is { } gone ? gone : await forms.Receive(context, me, found.Value.Group, cancel);
        return form.Refusal is { } refusal ? refusal.Result(context) : await Made(context, await documents.AddVersion(me, Id(id), form.Value.Upload, cancel), catalog, cancel);
    }

    private static async Task<IResult> Content(HttpContext context, string id, string n, DocumentFiles files, CancellationToken cancel) =>
        FilesDoor.Send(context, int.TryParse(n, CultureInfo.InvariantCulture, out var number) ? await files.Version(context.Viewer().PersonId, Id(id), number, cancel) : Refusal.NotFound);

    private static async Task<IResult> Made(HttpContext context, Outcome<Guid> made, DocumentCatalog catalog, CancellationToken cancel) =>
        made.Refusal is { } refusal ? refusal.Result(context) : context.Answer(await catalog.Find(context.Viewer().PersonId, made.Value, cancel), Shape, StatusCodes.Status201Created);

    private static object Shape(CatalogEntry entry) => new
    {
        id = entry.Document.Id, group = entry.Group, name = entry.Document.Name, description = entry.Document.Description, language = entry.Document.Language,
        folder = entry.Folder is null ? null : new { id = entry.Folder.Id, name = entry.Folder.Name },
        version = entry.Document.Version, type = entry.Versions[^1].Type, size = entry.Versions[^1].Version.Size,
        createdAt = entry.Document.CreatedAt, changedAt = entry.Document.ChangedAt,
        versions = entry.Versions.Select(one => new
        {
            number = one.Version.Number, fileName = one.Version.FileName, type = one.Type, size = one.Version.Size, sha256 = ContentHash.Name(one.Version.Hash),
            author = new { id = one.Version.PersonId, name = one.Author }, createdAt = one.Version.CreatedAt, restoredFrom = one.Version.RestoredFrom,
        }),
    };

    private static Guid Id(string id) => Guid.TryParse(id, out var found) ? found : Guid.Empty;
}
