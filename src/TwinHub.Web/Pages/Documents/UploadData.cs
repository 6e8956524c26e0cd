using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using TwinHub.Realtime;

namespace TwinHub.Web.Pages.Documents;

/// <summary>What the script of these pages needs: where files go, what they become, and every word it may show.</summary>
public sealed class UploadData(LineOptions line)
{
    /// <summary>The default encoder escapes what could end a script block.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    /// <summary>Files become documents of a folder.</summary>
    public IHtmlContent ForFolder(string slug, Guid? folder, Reader reader) => Describe(slug, "document", new { group = slug, folder }, reader);

    /// <summary>A file becomes the next version of a document.</summary>
    public IHtmlContent ForDocument(string slug, Guid document, Reader reader) => Describe(slug, "version", new { document }, reader);

    private HtmlString Describe(string slug, string become, object body, Reader reader)
    {
        var w = reader.W;
        return new(JsonSerializer.Serialize(new
        {
            groupSlug = slug, become, body, hub = RealtimeSetup.HubPath, silence = (int)line.Silence.TotalMilliseconds,
            texts = new
            {
                queued = w["documents.send.queued"], sending = w["documents.send.sending"], finishing = w["documents.send.finishing"], waiting = w["documents.send.waiting"], done = w["documents.send.done"],
                failed = w["documents.send.failed"], cancel = w["documents.send.cancel"], tryAgain = w["talk.try-again"], percent = w["number.percent"], remove = w["documents.send.remove"],
            },
        }, Json));
    }
}
