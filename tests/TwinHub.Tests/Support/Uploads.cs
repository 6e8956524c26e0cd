using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TwinHub.Tests.Support;

/// <summary>Files sent as the pages' script sends them: announced, in pieces, taken up again where they had come to.</summary>
public static class Uploads
{
    /// <summary>Announces a file; the answer has the upload's address.</summary>
    public static Task<HttpResponseMessage> Announce(this HttpClient browser, string group, string name, long size) =>
        browser.Tus(HttpMethod.Post, $"/groups/{group}/uploads", null, ("Upload-Length", size.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"));

    /// <summary>Sends a piece.</summary>
    public static Task<HttpResponseMessage> Piece(this HttpClient browser, string address, long offset, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return browser.Tus(HttpMethod.Patch, address, content, ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>How far an upload has come.</summary>
    public static async Task<long> Offset(this HttpClient browser, string address)
    {
        using var answer = await browser.Tus(HttpMethod.Head, address, null);
        return long.Parse(answer.EnsureSuccessStatusCode().Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>What an upload is to become.</summary>
    public static Task<HttpResponseMessage> Become(this HttpClient browser, string address, string what, object body) =>
        browser.Tus(HttpMethod.Post, $"{address}/{what}", System.Net.Http.Json.JsonContent.Create(body));

    /// <summary>A file that has wholly arrived; its address.</summary>
    public static async Task<string> Arrived(this HttpClient browser, string group, string name, byte[] content)
    {
        var announced = await browser.Announce(group, name, content.Length);
        Xunit.Assert.Equal(HttpStatusCode.Created, announced.StatusCode);
        var address = announced.Headers.Location!.ToString();
        using var sent = await browser.Piece(address, 0, new ByteArrayContent(content));
        Xunit.Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        return address;
    }

    /// <summary>A document of a group; its id.</summary>
    public static async Task<Guid> Document(this HttpClient browser, string group, string name, byte[] content, Guid? folder = null)
    {
        using var made = await browser.Become(await browser.Arrived(group, name, content), "document", new { group, folder });
        return (await made.Json()).GetProperty("id").GetGuid();
    }

    /// <summary>One more version of a document.</summary>
    public static async Task Version(this HttpClient browser, string group, Guid document, string name, byte[] content)
    {
        using var made = await browser.Become(await browser.Arrived(group, name, content), "version", new { document });
        Xunit.Assert.Equal(document, (await made.Json()).GetProperty("id").GetGuid());
    }

    public static Task<HttpResponseMessage> Tus(this HttpClient browser, HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }
        return browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Xunit.TestContext.Current.CancellationToken);
    }
}

/// <summary>Bytes without end in sight, the same for the same seed, never held in memory; breaks where it is told to.</summary>
public sealed class PatternStream(int seed, long length, long breakAt = long.MaxValue) : Stream
{
    private long _at;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => _at;
        set => _at = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var many = (int)Math.Min(buffer.Length, length - _at);
        if (_at + many > breakAt)
        {
            throw new IOException("The line is cut here.");
        }
        for (var i = 0; i < many; i++)
        {
            var at = (ulong)(_at + i);
            var block = ((at >> 3) + (ulong)seed) * 0x9E3779B97F4A7C15;
            buffer[i] = (byte)((block ^ (block >> 29)) >> (int)((at & 7) * 8));
        }
        _at += many;
        return many;
    }

    public override long Seek(long offset, SeekOrigin origin) => _at = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _at + offset, _ => length + offset };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
