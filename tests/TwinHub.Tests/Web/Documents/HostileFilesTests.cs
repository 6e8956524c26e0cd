using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Tests.Support;
using TwinHub.Web.Pages.Documents;
using Xunit;

namespace TwinHub.Tests.Web.Documents;

/// <summary>Files and names made to do harm, through the front door: refused with a reason, or kept and inert on every way out.</summary>
public sealed class HostileFilesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Content = "documents/{id:guid}/versions/{number:int}/content";

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_is_refused_with_a_reason_or_inert()
    {
        using var rana = await Hub.Browser(People.Rana);
        var kept = new List<(Guid Id, HostileFile File)>();
        foreach (var file in HostileFiles.All)
        {
            if (await Keep(rana, file.Name, file.Bytes) is { } id)
            {
                kept.Add((id, file));
            }
        }
        Assert.DoesNotContain(kept, one => one.File.Name is "app.js" or "app.hta" or "app.bat" or "app.jar" or "link.url" or "link.lnk");
        await Hub.Get<ContentReading>().Run(Cancel);
        await Eventually.True(() => Hub.Db(async db => !await db.FileContents.AnyAsync(c => c.Reading == FileContent.Waiting && c.Attempts == 0, Cancel)), "everything was tried", 120);
        foreach (var (id, file) in kept)
        {
            await Inert(rana, id, file.Name);
        }
        using var alive = await Hub.Ready();
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Every_name_is_refused_or_made_harmless()
    {
        using var rana = await Hub.Browser(People.Rana);
        Assert.Equal(40, HostileFiles.Names.Count);
        foreach (var name in HostileFiles.Names)
        {
            if (await Keep(rana, name, HostileFiles.Harmless) is { } id)
            {
                var kept = await Hub.Db(db => db.Documents.Where(d => d.Id == id).Select(d => d.Name).SingleAsync(Cancel));
                Assert.InRange(kept.Length, 1, SharedDocument.MaxName);
                Assert.DoesNotContain(kept, c => char.IsControl(c) || c is '/' or '\\' or ':' or '"' or '<' or '>' or '|' or '?' or '*' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
                Assert.True(kept.Trim(' ', '.') == kept, kept);
                await Inert(rana, id, name);
            }
        }
    }

    [Fact]
    public void Markdown_made_to_hang_is_rendered_in_time_and_names_no_script_and_no_picture()
    {
        foreach (var file in HostileFiles.All.Where(one => one.Name.EndsWith(".md", StringComparison.Ordinal)))
        {
            var text = Encoding.UTF8.GetString(file.Bytes.AsSpan(0, Math.Min(file.Bytes.Length, DocumentPreview.MostMarkdown)));
            var view = new VersionPreview(Guid.NewGuid(), 1, file.Name, People.TheirGroup, FileTypes.Markdown, false, null, null, null, text, false);
            var begun = Stopwatch.GetTimestamp();
            var html = new DocumentPreview(view, new(view.Document, 1, file.Name, FileTypes.Markdown, text.Length, null, null, null)).Markdown!.ToString()!;
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(5), $"{file.Name} took {Stopwatch.GetElapsedTime(begun)}");
            Assert.All(["<script", "<img", "<iframe", "href=\"javascript"], one => Assert.DoesNotContain(one, html, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>The document it became; null: it was refused, with a code.</summary>
    private static async Task<Guid?> Keep(HttpClient browser, string name, byte[] bytes)
    {
        using var answer = await browser.SendFile(name, bytes);
        if (answer.IsSuccessStatusCode)
        {
            return (await answer.Json()).GetProperty("id").GetGuid();
        }
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{name}: {answer.StatusCode}");
        Assert.Equal(answer.StatusCode == HttpStatusCode.BadRequest ? "invalid" : "too_long", (await answer.Json()).GetProperty("code").GetString());
        return null;
    }

    private async Task Inert(HttpClient browser, Guid id, string name)
    {
        var home = $"/documents/{id}/versions/1";
        if (Hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(one => one.RoutePattern.RawText?.TrimStart('/') == Content))
        {
            using var content = await browser.Get(home + "/content");
            Assert.True(content.StatusCode == HttpStatusCode.OK, $"{name}: {content.StatusCode}");
            Assert.Equal("attachment", content.Content.Headers.ContentDisposition?.DispositionType);
            Assert.True(content.Content.Headers.ContentType?.MediaType is not ("text/html" or "image/svg+xml" or "application/xhtml+xml" or "text/xml" or "application/xml"), name);
            Harmless(content, name);
        }
        foreach (var size in new[] { ContentPreview.Small, ContentPreview.Large })
        {
            using var preview = await browser.Get($"{home}/preview/{size}");
            Assert.True(preview.StatusCode == HttpStatusCode.NotFound || preview.Content.Headers.ContentType?.MediaType == "image/webp", $"{name}: {preview.StatusCode} {preview.Content.Headers.ContentType}");
            Harmless(preview, name);
        }
        using var view = await browser.Get(home + "/view");
        Assert.True(view.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable || view.Content.Headers.ContentType?.MediaType == "application/pdf", $"{name}: {view.StatusCode}");
        Harmless(view, name);
    }

    /// <summary>A policy without powers, no guessing of types, and no header that a name brought along.</summary>
    private static void Harmless(HttpResponseMessage answer, string name)
    {
        if (answer.IsSuccessStatusCode)
        {
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.True(policy.StartsWith("default-src 'none'", StringComparison.Ordinal) && policy.EndsWith("sandbox", StringComparison.Ordinal), $"{name}: {policy}");
        }
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain(answer.Headers, header => header.Key.Equals("X-Header", StringComparison.OrdinalIgnoreCase) || (header.Key == "Set-Cookie" && header.Value.Any(value => value.StartsWith("a=", StringComparison.Ordinal))));
    }
}
