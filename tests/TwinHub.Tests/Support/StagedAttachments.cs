using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TwinHub.Core.Documents;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Files on their way into the discussion.</summary>
public static class StagedAttachments
{
    /// <summary>A picture of one pixel.</summary>
    public static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>The same pixel in another colour: other bytes.</summary>
    public static readonly byte[] OtherPixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sends a whole file, as the page's script does; the upload's id.</summary>
    public static async Task<Guid> Uploaded(this HttpClient browser, string slug, string name, byte[] content)
    {
        using var begun = await browser.Tus(HttpMethod.Post, $"/groups/{slug}/uploads", null, ("Upload-Length", $"{content.Length}"), ("Upload-Metadata", "filename " + Convert.ToBase64String(Encoding.UTF8.GetBytes(name))));
        Assert.Equal(201, (int)begun.StatusCode);
        var address = begun.Headers.Location!.ToString();
        using var sent = await browser.Tus(HttpMethod.Patch, address, new ByteArrayContent(content) { Headers = { ContentType = new("application/offset+octet-stream") } }, ("Upload-Offset", "0"));
        Assert.Equal(204, (int)sent.StatusCode);
        return Guid.Parse(address.Split('/')[^1]);
    }

    public static Task<HttpResponseMessage> Become(this HttpClient browser, Guid upload, object body) => browser.Tus(HttpMethod.Post, $"/uploads/{upload}/attachment", JsonContent.Create(body));

    /// <summary>An attachment of somebody's own that is in no message yet.</summary>
    public static async Task<Guid> Attachment(this HttpClient browser, string slug, string name, byte[]? content = null, bool reduced = false)
    {
        using var made = await browser.Become(await browser.Uploaded(slug, name, content ?? Encoding.UTF8.GetBytes("said in " + name)), new { group = slug, reduced });
        Assert.Equal(200, (int)made.StatusCode);
        return (await made.Json()).GetProperty("id").GetGuid();
    }

    /// <summary>A document of a group, by its service.</summary>
    public static async Task<Guid> SharedFile(this TestHub hub, HttpClient browser, string email, string slug, string name)
    {
        var upload = await browser.Uploaded(slug, name, Encoding.UTF8.GetBytes("written in " + name));
        return (await hub.Get<DocumentService>().Add(await hub.PersonId(email), slug, upload, new(), Cancel)).Value;
    }

    public static async Task<HttpResponseMessage> Tus(this HttpClient browser, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }
        return await browser.SendAsync(request, Cancel);
    }

    /// <summary>Ids of the files of a message, in order.</summary>
    public static IEnumerable<Guid> Files(this JsonElement message) => message.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("id").GetGuid());
}
