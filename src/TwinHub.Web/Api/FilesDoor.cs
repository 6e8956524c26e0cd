using Microsoft.AspNetCore.Http.Features;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Web.Auth;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Api;

/// <summary>
/// The bytes of documents and attachments, for browsers. Always to be saved, never shown: under a type nothing runs by, with a
/// policy that takes away every power (ASVS 3.2.1, 5.4.1). A download that was cut goes on where it was (Range).
/// </summary>
public static class FilesDoor
{
    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("").RequireAuthorization().ExcludeFromDescription().WithMetadata(ContentPolicyAttribute.Inert);
        door.MapGet("/documents/{id:guid}/versions/{number:int}/content", async (HttpContext context, Guid id, int number, DocumentFiles files, CancellationToken cancel) =>
            Send(context, await files.Version(context.Viewer().PersonId, id, number, cancel)));
        door.MapGet("/attachments/{id:guid}/content", async (HttpContext context, Guid id, DocumentFiles files, CancellationToken cancel) =>
            Send(context, await files.Attachment(context.Viewer().PersonId, id, cancel)));
        door.MapGet("/groups/{slug}/documents.zip", Archive).RequireRateLimiting(CostlyWork.Policy);
    }

    /// <summary>The file, or the refusal.</summary>
    public static IResult Send(HttpContext context, Outcome<OpenedFile> file) =>
        file.Refusal is { } refusal ? refusal.Result(context)
        : Results.Stream(file.Value.Content, file.Value.Type, file.Value.Name, file.Value.Since, enableRangeProcessing: true);

    private static async Task<IResult> Archive(HttpContext context, string slug, Guid? folder, Guid[] id, DocumentArchive archives, CancellationToken cancel)
    {
        var plan = await archives.Plan(context.Viewer().PersonId, slug, folder, id, cancel);
        if (plan.Refusal is { } refusal)
        {
            return refusal.Result(context);
        }
        // The framework's archive writes the end of each file without waiting, whatever it is asked for.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Results.Stream(output => archives.Write(plan.Value, output, cancel), "application/zip", plan.Value.Name + ".zip");
    }
}
