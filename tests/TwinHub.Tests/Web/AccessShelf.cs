using TwinHub.Core.Documents;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Who may do what with a group's documents, and the documents for it. What a row changes for good is made for it.</summary>
public sealed class AccessShelf(TestHub hub)
{
    private const string List = "/groups/{slug}/documents", Page = List + "/{id:guid}", Bin = List + "/bin";

    private static int _made;

    /// <summary>Whoever sees the group reads; who may write there and the network's facilitators write; that one has seen it each may note.</summary>
    public static IEnumerable<AccessRow> Rows { get; } =
    [
        .. Row("GET " + List,                      "in 200 404 404 200 200 404 in"),
        // Nothing was chosen: who may not write is told that first.
        .. Row($"POST {List}?handler=upload",      "in 400 404 404 400 403 404 in"),
        .. Row($"POST {List}?handler=folder",      "in 302 404 404 302 403 404 in"),
        .. Row($"POST {List}?handler=change",      "in 302 404 404 302 403 404 in"),
        .. Row($"POST {List}?handler=remove",      "in 302 404 404 302 403 404 in"),
        .. Row("GET " + Page,                      "in 200 404 404 200 200 404 in"),
        .. Row($"POST {Page}?handler=version",     "in 400 404 404 400 403 404 in"),
        .. Row($"POST {Page}?handler=restore",     "in 302 404 404 302 403 404 in"),
        .. Row($"POST {Page}?handler=details",     "in 302 404 404 302 403 404 in"),
        .. Row($"POST {Page}?handler=comment",     "in 302 404 404 302 403 404 in"),
        .. Row($"POST {Page}?handler=takeBack",    "in 302 404 404 302 403 404 in"),
        .. Row($"POST {Page}?handler=seen",        "in 302 404 404 302 302 404 in"),
        .. Row($"POST {Page}?handler=delete",      "in 302 404 404 302 403 404 in"),
        .. Row("GET " + Bin,                       "in 200 404 404 200 200 404 in"),
        .. Row($"POST {Bin}?handler=restore",      "in 302 404 404 302 403 404 in"),
        .. Row($"POST {Bin}?handler=remove",       "in 302 404 404 302 403 404 in"),
        .. Row("GET /documents/{id:guid}",         "in 302 404 404 302 302 404 in"),
    ];

    private readonly Dictionary<string, Guid> _documents = [];

    /// <summary>A document of the row's group; the same one for the address and the form.</summary>
    public async Task<Guid> Document(AccessRow row, string group)
    {
        if (row.Id == "absent")
        {
            return Guid.NewGuid();
        }
        var isFresh = row.Route.Contains("delete", StringComparison.Ordinal);
        return !isFresh && _documents.TryGetValue(group, out var known) ? known : _documents[group] = await Shelve(group);
    }

    /// <summary>The fields of one of the forms.</summary>
    public async Task<(string, string)[]> Form(AccessRow row, string group) => row.Route.Split("handler=")[^1] switch
    {
        "upload" or "version" => [("form", NewId())],
        "folder" => [("form", NewId()), ("name", NewName())],
        "change" => [("folder", await Folder(row, group)), ("name", NewName())],
        "remove" when row.Route.Contains("/bin", StringComparison.Ordinal) => [("id", await Deleted(row, group))],
        "remove" => [("folder", await Folder(row, group))],
        "restore" when row.Route.Contains("/bin", StringComparison.Ordinal) => [("id", await Deleted(row, group))],
        "restore" => [("number", "1")],
        "details" => [("Input.Name", NewName()), ("Input.Language", "fr")],
        "comment" => [("form", NewId()), ("body", "Matrix")],
        "takeBack" => [("comment", await Comment(row, group))],
        "seen" => [("version", "1")],
        _ => [],
    };

    private static IEnumerable<AccessRow> Row(string route, string own)
    {
        const string hidden = "in 404 404 404 404 404 404 in";
        return [new(route, "own", own), new(route, "foreign", hidden), new(route, "absent", hidden)];
    }

    private static string NewId() => Guid.NewGuid().ToString();

    private static string NewName() => $"Matrix {Interlocked.Increment(ref _made)}";

    /// <summary>Somebody who may write there and whom no row takes away: the member themselves.</summary>
    private static string Writer(string group) => group switch { People.TheirGroup => People.Rana, AccessWorld.ForeignGroup => "katarina.lindqvist@isdr.example.org", _ => "samah.anabtawi@nablus.example.org" };

    private Task<Guid> Shelve(string group) => hub.Shelve(NewName() + ".txt", email: Writer(group), slug: group);

    private async Task<string> Folder(AccessRow row, string group) => row.Id == "own" ? (await hub.Folder(NewName(), email: Writer(group), slug: group)).ToString() : NewId();

    private async Task<string> Deleted(AccessRow row, string group)
    {
        if (row.Id != "own")
        {
            return NewId();
        }
        var document = await Shelve(group);
        Assert.Null((await hub.Get<BinService>().Delete(await hub.PersonId(Writer(group)), group, document, TestContext.Current.CancellationToken)).Refusal);
        return document.ToString();
    }

    private async Task<string> Comment(AccessRow row, string group)
    {
        var comment = Guid.NewGuid();
        if (row.Id == "own")
        {
            Assert.Null((await hub.Get<CommentService>().Write(await hub.PersonId(Writer(group)), group, await Document(row, group), comment, "Matrix", TestContext.Current.CancellationToken)).Refusal);
        }
        return comment.ToString();
    }
}
