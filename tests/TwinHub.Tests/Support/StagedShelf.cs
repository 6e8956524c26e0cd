using System.Text;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Uploads;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Documents of a group, put there as a plain form puts them.</summary>
public static class StagedShelf
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Adds a document; each call another content, unless it is given.</summary>
    public static async Task<Guid> Shelve(this TestHub hub, string name, string? text = null, string email = People.Rana, string slug = People.TheirGroup, Guid? folder = null)
    {
        using var content = Content(text);
        var added = await hub.Get<FormFiles>().Add(await hub.PersonId(email), slug, folder, new(Guid.NewGuid(), 0, name, content), Cancel);
        Assert.Null(added.Refusal);
        return added.Value;
    }

    /// <summary>Adds a version to a document.</summary>
    public static async Task Renew(this TestHub hub, Guid document, string? text = null, string email = People.Rana, string slug = People.TheirGroup)
    {
        using var content = Content(text);
        Assert.Null((await hub.Get<FormFiles>().AddVersion(await hub.PersonId(email), slug, document, new(Guid.NewGuid(), 0, "again.txt", content), Cancel)).Refusal);
    }

    public static async Task<Guid> Folder(this TestHub hub, string name, Guid? parent = null, string email = People.Rana, string slug = People.TheirGroup)
    {
        var made = await hub.Get<FolderService>().Make(await hub.PersonId(email), slug, Guid.NewGuid(), name, parent, Cancel);
        Assert.Null(made.Refusal);
        return made.Value;
    }

    private static MemoryStream Content(string? text) => new(Encoding.UTF8.GetBytes(text ?? $"Said on {Guid.NewGuid()}"));
}
