using System.Text;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Documents of the demo's groups, and what stands in Word files.</summary>
public static class StagedTemplates
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A small text that somebody shares with a group.</summary>
    public static async Task<Guid> ShareText(this TestHub hub, string email, string name, string slug = People.TheirGroup, string? text = null)
    {
        var person = await hub.PersonId(email);
        var upload = await hub.Get<UploadService>().Receive(person, slug, name, new MemoryStream(Encoding.UTF8.GetBytes(text ?? $"{name} {Guid.NewGuid()}")), Cancel);
        var made = await hub.Get<DocumentService>().Add(person, slug, upload.Value, new(), Cancel);
        Assert.Null(made.Refusal);
        return made.Value;
    }

    /// <summary>Moves a document with all its versions to a day, counted from today.</summary>
    public static Task SharedOn(this TestHub hub, Guid document, int days) => hub.Execute("""
        with moved as (update document_versions set created_at = now() + $2 * interval '1 day' where document_id = $1)
        update documents set created_at = now() + $2 * interval '1 day', changed_at = now() + $2 * interval '1 day' where id = $1
        """, document, days);

    /// <summary>Somebody who facilitates the network of a group.</summary>
    public static Task<Guid> Facilitator(this TestHub hub, string slug) => hub.Db(db => db.NetworkRoles.Where(r => r.Role == "facilitator" && db.Groups.Any(g => g.Slug == slug && g.NetworkId == r.NetworkId)).Select(r => r.PersonId).FirstAsync());

    /// <summary>The bytes of a document's newest version.</summary>
    public static async Task<byte[]> Bytes(this TestHub hub, Guid document)
    {
        var hash = await hub.Db(db => db.Documents.Where(d => d.Id == document).Select(d => d.Hash).SingleAsync());
        await using var content = await hub.Get<IDocumentStore>().Open(hash, Cancel);
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }

    public static WordprocessingDocument Word(byte[] bytes) => WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
}
