using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Documents.Reading;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Previews and pages of documents, and previews of attachments, in the group of each role and in a foreign one.</summary>
public sealed class AccessPreviews
{
    private const string Version = "/documents/{id:guid}/versions/{number:int}";

    /// <summary>Read by observers too; found by nobody who is not in the group.</summary>
    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        .. new[] { $"GET {Version}/preview/{{size}}", $"GET {Version}/view", $"GET {Version}/pages", "GET /attachments/{id:guid}/preview/{size}" }.SelectMany(route => new AccessRow[]
        {
            //                  id         out memb othg othf faci obse revo disa
            new(route,          "own",     "in 200 404 404 200 200 404 in"),
            new(route,          "foreign", "in 404 404 404 404 404 404 in"),
            new(route,          "absent",  "in 404 404 404 404 404 404 in"),
        }),
    ];

    private readonly Dictionary<string, (Guid Document, Guid Attachment)> _ids = [];

    public static async Task<AccessPreviews> Open(TestHub hub)
    {
        var previews = new AccessPreviews();
        foreach (var (group, author) in new[] { (People.TheirGroup, People.Claire), ("nablus-saida", People.Claire), (AccessWorld.ForeignGroup, "katarina.lindqvist@isdr.example.org") })
        {
            var document = await hub.Share(author, "Matrix.pdf", HostileFiles.Pdf("<</S/Named/N/NextPage>>"), group);
            Assert.Null(document.Refusal);
            var (message, attachment) = (await hub.Say(author, "Matrix picture", group), Guid.NewGuid());
            await hub.Execute("insert into attachments (id, group_id, person_id, message_id, name, hash, size, created_at) select $1, d.group_id, d.created_by, $2, 'Matrix.pdf', d.hash, 1, now() from documents d where d.id = $3", attachment, message, document.Value);
            previews._ids[group] = (document.Value, attachment);
        }
        // The bytes are one file: read once, by whoever is first.
        await hub.Get<ContentReading>().Run(TestContext.Current.CancellationToken);
        await Eventually.True(() => hub.Db(db => db.ContentPreviews.AnyAsync()), "the file is read", 30);
        return previews;
    }

    /// <summary>The address a row means.</summary>
    /// <param name="group">The role's own group.</param>
    public string Path(AccessRow row, string group)
    {
        var (document, attachment) = row.Id == "absent" ? (Guid.NewGuid(), Guid.NewGuid()) : _ids[row.Id == "foreign" ? AccessWorld.ForeignGroup : group];
        return row.Route["GET ".Length..].Replace("/documents/{id:guid}", $"/documents/{document}", StringComparison.Ordinal).Replace("/attachments/{id:guid}", $"/attachments/{attachment}", StringComparison.Ordinal)
            .Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{size}", "small", StringComparison.Ordinal);
    }
}
