using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TwinHub.Core;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Api;

/// <summary>
/// A form with a file (RFC 7578), taken in as it comes: the fields before the file, then the file piece by piece to its place, of
/// any size a file may have. What follows it is not read.
/// </summary>
public sealed class StreamedForms(UploadService uploads)
{
    private const int LongestField = 16 * 1024, MostFields = 20, LongestBoundary = 100;

    /// <returns>The upload, wholly arrived, with the fields; or why not. The group is asked before anything is read.</returns>
    public async Task<Outcome<ReceivedForm>> Receive(HttpContext context, Guid person, string slug, CancellationToken cancel)
    {
        if (await uploads.MaySend(person, slug, cancel) is { } refusal)
        {
            return refusal;
        }
        if (Boundary(context.Request) is not { } boundary)
        {
            return Refusal.Invalid("Content-Type");
        }
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        try
        {
            return await Read(new MultipartReader(boundary, context.Request.Body), person, slug, cancel);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not LineCutException)
        {
            return Refusal.Invalid("file");
        }
    }

    private async Task<Outcome<ReceivedForm>> Read(MultipartReader reader, Guid person, string slug, CancellationToken cancel)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadNextSectionAsync(cancel) is { } section && fields.Count < MostFields)
        {
            var about = section.GetContentDispositionHeader();
            if (about?.IsFileDisposition() == true)
            {
                var name = about.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(about.FileName).Value;
                var received = await uploads.Receive(person, slug, name, section.Body, cancel);
                return received.Refusal is { } refusal ? refusal : new ReceivedForm(received.Value, fields);
            }
            if (about?.IsFormDisposition() == true)
            {
                fields[HeaderUtilities.RemoveQuotes(about.Name).Value ?? ""] = await Field(section.Body, cancel);
            }
        }
        return Refusal.Invalid("file", "documents.no-file");
    }

    private static async Task<string> Field(Stream body, CancellationToken cancel)
    {
        var bytes = new byte[LongestField];
        var length = await body.ReadAtLeastAsync(bytes, LongestField, throwOnEndOfStream: false, cancel);
        return length == LongestField ? throw new InvalidDataException("A field is too long.") : Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary ? boundary : null;
}

/// <summary>A file that has arrived, and what stood before it in the form.</summary>
public sealed record ReceivedForm(Guid Upload, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>A field's text; null where it is absent or blank.</summary>
    public string? Field(string name) => Fields.GetValueOrDefault(name) is { } text && text.Trim().Length > 0 ? text : null;
}
