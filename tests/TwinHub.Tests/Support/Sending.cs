using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Uploads;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Files on their way into a group.</summary>
public static class Sending
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>By the services, at once.</summary>
    public static async Task<Outcome<Guid>> Share(this TestHub hub, string email, string name, byte[] content, string group = People.TheirGroup, string? language = null)
    {
        var person = await hub.PersonId(email);
        var upload = await hub.Get<UploadService>().Receive(person, group, name, new MemoryStream(content), Cancel);
        return upload.Refusal is { } refusal ? refusal : await hub.Get<DocumentService>().Add(person, group, upload.Value, new NewDocument(Language: language), Cancel);
    }

    /// <summary>As the pages' script sends it: announced, sent, made into a document. The first answer that refuses, else the last.</summary>
    public static async Task<HttpResponseMessage> SendFile(this HttpClient browser, string name, byte[] content, string group = People.TheirGroup)
    {
        var named = Convert.ToBase64String(Encoding.UTF8.GetBytes(name));
        var announced = await browser.Step(HttpMethod.Post, $"/groups/{group}/uploads", null, ("Upload-Length", content.Length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", $"filename {named}"));
        if (!announced.IsSuccessStatusCode)
        {
            return announced;
        }
        var address = announced.Headers.Location!.ToString();
        var piece = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        var sent = await browser.Step(HttpMethod.Patch, address, piece, ("Upload-Offset", "0"));
        return sent.IsSuccessStatusCode ? await browser.Step(HttpMethod.Post, address + "/document", JsonContent.Create(new { group })) : sent;
    }

    private static Task<HttpResponseMessage> Step(this HttpClient browser, HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return browser.SendAsync(request, Cancel);
    }
}
