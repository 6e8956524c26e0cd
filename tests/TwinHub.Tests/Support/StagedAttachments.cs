using System.Text;
using System.Text.Json;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Files on their way into the discussion.</summary>
public static class StagedAttachments
{
    /// <summary>A picture of one pixel.</summary>
    public static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>The same pixel in another colour: other bytes.</summary>
    public static readonly byte[] OtherPixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    /// <summary>A file that has wholly arrived; the upload's id.</summary>
    public static async Task<Guid> Uploaded(this HttpClient browser, string slug, string name, byte[] content) => Guid.Parse((await browser.Arrived(slug, name, content)).Split('/')[^1]);

    public static Task<HttpResponseMessage> Become(this HttpClient browser, Guid upload, object body) => browser.Become($"/uploads/{upload}", "attachment", body);

    /// <summary>An attachment of somebody's own that is in no message yet.</summary>
    public static async Task<Guid> Attachment(this HttpClient browser, string slug, string name, byte[]? content = null, bool reduced = false)
    {
        using var made = await browser.Become(await browser.Uploaded(slug, name, content ?? Encoding.UTF8.GetBytes("said in " + name)), new { group = slug, reduced });
        Assert.Equal(200, (int)made.StatusCode);
        return (await made.Json()).GetProperty("id").GetGuid();
    }

    /// <summary>Ids of the files of a message, in order.</summary>
    public static IEnumerable<Guid> Files(this JsonElement message) => message.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("id").GetGuid());
}
