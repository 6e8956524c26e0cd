using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>A document and an attachment in the group of each role, and uploads of everybody's own, for the rows about files.</summary>
public sealed class AccessFiles
{
    private readonly Dictionary<string, (Guid Document, Guid Attachment)> _of = [];
    private readonly TestHub _hub;

    private AccessFiles(TestHub hub) => _hub = hub;

    public static async Task<AccessFiles> Open(TestHub hub)
    {
        var files = new AccessFiles(hub);
        foreach (var (group, somebody) in new[] { (People.TheirGroup, People.Selin), ("nablus-saida", "samah.anabtawi@nablus.example.org"), (AccessWorld.ForeignGroup, "katarina.lindqvist@isdr.example.org") })
        {
            using var browser = await hub.Browser(somebody);
            var document = await browser.Document(group, "Matrix.txt", "matrix"u8.ToArray());
            files._of[group] = (document, await hub.Scalar<Guid>("""
                with m as (insert into messages (id, channel_id, author_id, client_message_id, posted, revision, body, sent_at, attachments)
                           select gen_random_uuid(), c.id, $2, gen_random_uuid(), c.revision + 1, c.revision + 1, 'Matrix', now(), 1 from channels c join documents d on d.group_id = c.group_id where d.id = $1 returning id, channel_id),
                     c as (update channels set revision = revision + 1 where id = (select channel_id from m))
                insert into attachments (id, group_id, person_id, message_id, name, hash, size, created_at) select gen_random_uuid(), d.group_id, $2, m.id, 'Matrix.txt', d.hash, 6, now() from documents d, m where d.id = $1 returning id
                """, document, await hub.PersonId(somebody)));
        }
        return files;
    }

    /// <summary>Whether a row is about files: these come with bodies and headers of their own.</summary>
    public static bool IsAbout(AccessRow row) => row.Route.Contains("/uploads", StringComparison.Ordinal) || row.Route.Contains("/attachments/{id:guid}/content", StringComparison.Ordinal)
        || row.Route.EndsWith("/content", StringComparison.Ordinal) || row.Route.Contains("documents.zip", StringComparison.Ordinal) || row.Route.Contains("/api/v1/documents", StringComparison.Ordinal) || row.Route.EndsWith("/api/v1/groups/{slug}/documents", StringComparison.Ordinal) || row.Route.EndsWith("/api/v1/groups/{slug}/attachments", StringComparison.Ordinal);

    public async Task<HttpRequestMessage> Request(AccessRow row, string role)
    {
        var (method, path) = row.Route.Split(' ') is [var first, var second] ? (first, second) : throw new InvalidOperationException(row.Route);
        var group = row.Id switch { "own" => AccessWorld.Group(role), "foreign" => AccessWorld.ForeignGroup, _ => "nobody-nowhere" };
        var id = path.Contains("/uploads/{", StringComparison.Ordinal) ? row.Id == "own" ? await Upload(role) : Guid.NewGuid()
            : row.Id == "absent" ? Guid.NewGuid() : path.Contains("/attachments/", StringComparison.Ordinal) ? _of[group].Attachment : _of[group].Document;
        var address = path.Replace("{slug}", group, StringComparison.Ordinal).Replace("{id:guid}", id.ToString(), StringComparison.Ordinal).Replace("{id}", id.ToString(), StringComparison.Ordinal)
            .Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{n}", "1", StringComparison.Ordinal).Replace("{size}", "small", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = Body(method, path, group, role) };
        if (path.Contains("/uploads", StringComparison.Ordinal))
        {
            request.Headers.Add("Tus-Resumable", "1.0.0");
            request.Headers.Add(method == "PATCH" ? "Upload-Offset" : "Upload-Length", "1");
            request.Headers.Add("Upload-Metadata", "filename TWF0cml4LnR4dA==");
        }
        return request;
    }

    private HttpContent? Body(string method, string path, string group, string role) => (method, path) switch
    {
        ("PATCH", _) => new ByteArrayContent("b"u8.ToArray()) { Headers = { ContentType = new("application/offset+octet-stream") } },
        ("POST", var api) when api.StartsWith("/api/", StringComparison.Ordinal) => new MultipartFormDataContent { { new ByteArrayContent("matrix"u8.ToArray()), "file", "Matrix.txt" } },
        ("POST", "/uploads/{id:guid}/document") => JsonContent.Create(new { group }),
        ("POST", "/uploads/{id:guid}/version") => JsonContent.Create(new { document = _of[AccessWorld.Group(role)].Document }),
        _ => null,
    };

    /// <summary>An upload of the role's own in its group, half arrived; whole where it is to become something.</summary>
    private async Task<Guid> Upload(string role) => await Upload(_hub, AccessWorld.Group(role), await _hub.PersonId(AccessWorld.Email(role)), 2, "a");

    /// <summary>An upload of somebody's, with what has arrived of it.</summary>
    public static async Task<Guid> Upload(TestHub hub, string group, Guid person, int size, string arrived)
    {
        var id = await hub.Scalar<Guid>("""
            insert into uploads (id, group_id, person_id, name, size, created_at, expires_at)
            select gen_random_uuid(), g.id, $2, 'Matrix.txt', $3, now(), now() + interval '1 hour' from twinning_groups g where g.slug = $1 returning id
            """, group, person, size);
        var parts = hub.App.Services.GetRequiredService<UploadParts>();
        parts.Begin(id);
        await File.WriteAllTextAsync(parts.FileOf(id), arrived, TestContext.Current.CancellationToken);
        return id;
    }
}
