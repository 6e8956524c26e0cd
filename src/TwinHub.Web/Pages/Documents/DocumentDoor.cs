using Microsoft.AspNetCore.Mvc;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Groups;

namespace TwinHub.Web.Pages.Documents;

/// <summary>The group round its documents, and what every form of them does with a refusal.</summary>
public sealed class DocumentDoor(Reader reader, GroupService groups, IHttpContextAccessor http)
{
    /// <summary>Bytes one plain form may carry: with the script files go piece by piece and know no such limit.</summary>
    public const long FormLimit = 256L * 1024 * 1024;

    public Reader Reader => reader;

    public GroupDetails Details { get; private set; } = null!;

    public string Path => $"/groups/{Details.View.Group.Slug}/documents";

    /// <summary>Whoever asks a browser to save data gets signs instead of pictures.</summary>
    public bool SavesData => AsksToSave(http.HttpContext!.Request);

    /// <summary>The browser has been told to be sparing (the header <c>Save-Data</c>).</summary>
    public static bool AsksToSave(HttpRequest request) => request.Headers["Save-Data"].ToString() == "on";

    /// <summary>Reads the group; false: it is not the reader's to see.</summary>
    public async Task<bool> Load(string slug, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        if (found.Refusal is null)
        {
            Details = found.Value;
        }
        return found.Refusal is null;
    }

    /// <summary>What is not there or not allowed has no page.</summary>
    public static IActionResult? Hidden(Refusal refusal) =>
        refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed ? new StatusCodeResult(Auth.Problems.Status(refusal.Code)) : null;

    /// <summary>Why somebody who sees the documents may not change them; null: they may.</summary>
    public static Refusal? Fault(GroupStanding standing) =>
        standing.MayWrite ? null : standing.Group.IsClosed ? new Refusal(RefusalCode.Closed) : Refusal.NotAllowed;

    public static string Address(string slug, Guid? folder) => folder is { } one ? $"/groups/{slug}/documents?folder={one}" : $"/groups/{slug}/documents";

    /// <summary>The folder a form names; null: the top. What is no id stands for a folder that is not there.</summary>
    public static Guid? Chosen(string? folder) => string.IsNullOrEmpty(folder) ? null : Guid.TryParse(folder, out var id) ? id : Guid.Empty;

    /// <summary>Folders by their paths, for choosing one.</summary>
    public static IEnumerable<(string, string)> Places(FolderTree tree, Guid? without = null) => tree.Places(without).Select(place => (place.Id.ToString(), place.Path));

    /// <summary>The partner a person answered for, by its short name; null: none, or it has left.</summary>
    public PartnerView? Partner(Guid? organisation) => Details.View.Partners.FirstOrDefault(one => one.Organisation.Id == organisation);
}
