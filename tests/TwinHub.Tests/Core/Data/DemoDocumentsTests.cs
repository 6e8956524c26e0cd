using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Data;

/// <summary>What the demo's groups have shared, loaded upon the demo of the tests.</summary>
public sealed class DemoDocumentsTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_lie_in_the_past_with_their_bytes_in_several_languages_and_kinds_and_announce_nothing()
    {
        await Hub.Get<DemoDocuments>().Load(Cancel);
        var now = Hub.Now();
        var documents = await Hub.Db(db => db.Documents.AsNoTracking().ToListAsync(Cancel));
        Assert.True(documents.Count >= 15);
        Assert.All(documents, one => Assert.InRange(one.ChangedAt, one.CreatedAt, now));
        Assert.Equal(["ar", "en", "fr", "tr"], documents.Select(one => one.Language).OfType<string>().Distinct().Order());
        Assert.Contains(documents, one => one.DeletedAt is not null);
        foreach (var hash in await Hub.Db(db => db.FileContents.Select(one => one.Hash).ToListAsync(Cancel)))
        {
            Assert.True(await Hub.Get<IDocumentStore>().Has(hash, Cancel));
        }
        Assert.Superset(new HashSet<string> { FileTypes.Word, FileTypes.Pdf, FileTypes.Png, FileTypes.Jpeg, FileTypes.Markdown, FileTypes.Csv }, (await Hub.Db(db => db.FileContents.Select(one => one.Type).ToListAsync(Cancel))).ToHashSet());
        Assert.True(await Hub.Db(db => db.DocumentVersions.AnyAsync(v => v.Number == 3, Cancel)));
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from messages m where m.attachments <> (select count(*) from attachments a where a.message_id = m.id)"));
        Assert.True(await Hub.Scalar<long>("select count(*) from messages where attachments > 0") > 3);
        Assert.Equal((0, 0), (await Hub.Db(db => db.DocumentNews.CountAsync(Cancel)), await Hub.Scalar<long>("select count(*) from document_comments c join documents d on d.id = c.document_id where c.created_at < d.created_at - interval '1 day'")));
    }
}
