using System.Net.Http.Json;
using TwinHub.Core.Documents;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Files on their way into the discussion: rows of the matrix with bodies and headers of their own. Each cell makes what it is about.</summary>
public static class AccessAttachments
{
    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        //                                                            id         out memb othg othf faci obse revo disa
        // An upload and an attachment that is in no message are their sender's alone, and only while they may write.
        new("POST /uploads/{id:guid}/attachment",                     "own",     "in 200 404 404 200 403 404 in"),
        new("POST /uploads/{id:guid}/attachment",                     "foreign", "in 404 404 404 404 404 404 in"),
        new("POST /uploads/{id:guid}/attachment",                     "absent",  "in 404 404 404 404 404 404 in"),
        new("POST /groups/{slug}/attachments",                        "own",     "in 200 404 404 200 403 404 in"),
        new("POST /groups/{slug}/attachments",                        "foreign", "in 404 404 404 404 404 404 in"),
        new("POST /groups/{slug}/attachments",                        "absent",  "in 404 404 404 404 404 404 in"),
        new("DELETE /attachments/{id:guid}",                          "own",     "in 204 404 404 204 403 404 in"),
        new("DELETE /attachments/{id:guid}",                          "foreign", "in 404 404 404 404 404 404 in"),
        new("DELETE /attachments/{id:guid}",                          "absent",  "in 404 404 404 404 404 404 in"),
        new("GET /groups/{slug}/attachments/{id:guid}/share",         "own",     "in 200 404 404 200 403 404 in"),
        new("GET /groups/{slug}/attachments/{id:guid}/share",         "foreign", "in 404 404 404 404 404 404 in"),
        new("GET /groups/{slug}/attachments/{id:guid}/share",         "absent",  "in 404 404 404 404 404 404 in"),
        new("POST /groups/{slug}/attachments/{id:guid}/share",        "own",     "in 302 404 404 302 403 404 in"),
        new("POST /groups/{slug}/attachments/{id:guid}/share",        "foreign", "in 404 404 404 404 404 404 in"),
        new("POST /groups/{slug}/attachments/{id:guid}/share",        "absent",  "in 404 404 404 404 404 404 in"),
    ];

    /// <summary>Whether a row is one of these.</summary>
    public static bool IsAbout(AccessRow row) => Rows.Any(one => one.Name == row.Name);

    public static async Task<HttpRequestMessage> Request(AccessWorld world, AccessRow row, string role)
    {
        var (method, path) = row.Route.Split(' ') is [var verb, var route] ? (verb, route) : throw new InvalidOperationException(row.Route);
        var group = row.Id == "foreign" ? AccessWorld.ForeignGroup : AccessWorld.Group(role);
        var address = path.Replace("{slug}", row.Id == "absent" ? "nobody-nowhere" : group, StringComparison.Ordinal).Replace("{id:guid}", (await Subject(world, row, role, group)).ToString(), StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(method), address)
        {
            Content = path.EndsWith("/attachment", StringComparison.Ordinal) ? JsonContent.Create(new { group })
                : path.EndsWith("/attachments", StringComparison.Ordinal) ? JsonContent.Create(new { document = await Document(world.Hub, group) }) : null,
        };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }

    private static async Task<Guid> Subject(AccessWorld world, AccessRow row, string role, string group)
    {
        var own = await world.Hub.PersonId(AccessWorld.Email(role));
        return row.Id == "absent" || row.Route.EndsWith("/attachments", StringComparison.Ordinal) ? Guid.NewGuid()
            : row.Route.Contains("/uploads/", StringComparison.Ordinal) ? await Upload(world.Hub, group, row.Id == "own" ? own : await world.Hub.PersonId(People.Selin))
            : await Attachment(world.Hub, group, row.Route.EndsWith("/share", StringComparison.Ordinal) ? null : row.Id == "own" ? own : await world.Hub.PersonId(People.Selin));
    }

    private static Task<Guid> Upload(TestHub hub, string group, Guid person) => AccessFiles.Upload(hub, group, person, "matrix".Length, "matrix");

    /// <summary>An attachment: a person's own in no message yet; without a person, of a message in the group.</summary>
    private static async Task<Guid> Attachment(TestHub hub, string group, Guid? person)
    {
        await Document(hub, group);
        return await hub.Scalar<Guid>("""
            with g as (select c.id as channel_id, c.group_id, c.revision + 1 as revision, coalesce(nullif($2, '00000000-0000-0000-0000-000000000000'::uuid), p.id) as person_id
                       from channels c join twinning_groups t on t.id = c.group_id, lateral (select id from people where disabled_at is null order by id limit 1) p where t.slug = $1 order by c.id limit 1),
                 m as (insert into messages (id, channel_id, author_id, client_message_id, posted, revision, body, sent_at, attachments)
                       select gen_random_uuid(), channel_id, person_id, gen_random_uuid(), revision, revision, 'Matrix', now(), 1 from g where $2 = '00000000-0000-0000-0000-000000000000' returning id),
                 c as (update channels set revision = g.revision from g where channels.id = g.channel_id and exists (select 1 from m))
            insert into attachments (id, group_id, person_id, message_id, name, hash, size, created_at)
            select gen_random_uuid(), g.group_id, g.person_id, (select id from m), 'Matrix.txt', (select hash from documents where group_id = g.group_id limit 1), 6, now() from g returning id
            """, group, person ?? Guid.Empty);
    }

    /// <summary>A document of the group, by a facilitator of its network.</summary>
    private static async Task<Guid> Document(TestHub hub, string group)
    {
        var facilitator = await hub.Scalar<Guid>("select r.person_id from network_roles r join twinning_groups g on g.network_id = r.network_id where g.slug = $1 and r.role = 'facilitator' limit 1", group);
        var upload = await Upload(hub, group, facilitator);
        return (await hub.Get<DocumentService>().Add(facilitator, group, upload, new(), TestContext.Current.CancellationToken)).Value;
    }
}
