using TwinHub.Core.Documents;

namespace TwinHub.Web.Pages.Documents;

/// <summary>A document as a line of a list.</summary>
/// <param name="Path">Named where the list is not one folder's; empty: not named.</param>
public sealed record DocumentLine(DocumentDoor Door, DocumentRow Document, IReadOnlyList<DocumentFolder> Path)
{
    public string Address => $"{Door.Path}/{Document.Id}";

    /// <summary>Its small preview, unless there is none or the browser saves data.</summary>
    public PictureSize? Picture => Door.SavesData ? null : Document.Picture;
}
