using TwinHub.Core.Channels;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Groups;

/// <summary>A file under a message as the template draws it; without one, all parts it may have, for the script to choose from.</summary>
public sealed record AttachmentView(MessageAttachment? File, string Slug, bool MayWrite)
{
    /// <summary>The box of a picture in the log, in pixels: fits a telephone, known before the picture comes, so that nothing jumps.</summary>
    private const int MaxWidth = 256, MaxHeight = 224;

    /// <summary>Icons by type; others are a plain sheet.</summary>
    public static readonly IReadOnlyDictionary<string, string> Icons = new Dictionary<string, string>
    {
        [FileTypes.Pdf] = "file-earmark-pdf", [FileTypes.Word] = "file-earmark-word", [FileTypes.Excel] = "file-earmark-spreadsheet", [FileTypes.PowerPoint] = "file-earmark-slides",
        [FileTypes.Text] = "file-earmark-text", [FileTypes.Markdown] = "file-earmark-text", [FileTypes.Csv] = "file-earmark-spreadsheet", [FileTypes.Zip] = "file-earmark-zip",
        [FileTypes.Jpeg] = "file-earmark-image", [FileTypes.Png] = "file-earmark-image", [FileTypes.Gif] = "file-earmark-image", [FileTypes.WebP] = "file-earmark-image",
        [""] = "file-earmark",
    };

    /// <summary>A picture that came with the message; documents are cards, pictures too.</summary>
    public bool IsPicture => File is { Version: null } && FileTypes.IsPicture(File.Type);

    public bool HasPicture => File is null || IsPicture;

    public bool HasRow => File is null || !IsPicture;

    public string Icon => Icons.GetValueOrDefault(File?.Type ?? "", Icons[""]);

    /// <summary>Where a picture lies. Its size stands in the address: the full size that takes the place of a small one is another picture to the browser.</summary>
    public string? Preview(string size) => File is null ? null : $"/attachments/{File.Id}/preview/{size}?{File.Size}";

    /// <summary>Where its name leads; null: a document that is not there any more.</summary>
    public string? Address => File switch
    {
        null => "",
        { Version: null } => $"/attachments/{File.Id}/content",
        { DocumentId: not null } => DocumentAt,
        _ => null,
    };

    private string DocumentAt => $"/groups/{Slug}/documents/{File?.DocumentId}";

    /// <summary>Where what came with the message is shared to the group; null: it is, or the reader may not.</summary>
    public string? ShareAt => !MayWrite ? null : File is null ? "" : File is { Version: null, DocumentId: null } ? $"/groups/{Slug}/attachments/{File.Id}/share" : null;

    /// <summary>The document that was made of what came with the message.</summary>
    public string? MadeAt => File is null ? "" : File is { Version: null, DocumentId: not null } ? DocumentAt : null;

    public (int Width, int Height) Box => Fit(File?.Width, File?.Height);

    /// <summary>"Version 3 · 1.2 MB".</summary>
    public string Meta(Words words) => File switch
    {
        null => "",
        { Version: null } => words.FileSize(File.Size),
        { DocumentId: null } => words["attachments.document-gone"],
        { Version: { } version } => $"{words.Say("attachments.version", ("n", words.Number(version)))} · {words.FileSize(File.Size)}",
    };

    /// <summary>What stands where nobody wrote anything: how many documents were shared; null: the files say enough.</summary>
    public static string? Said(MessageEvent message, Words words) =>
        message.Html.Length == 0 && message.Attachments.Count > 0 && message.Attachments.All(file => file.Version is not null) ? words.Count("attachments.shared", message.Attachments.Count) : null;

    private static (int, int) Fit(int? width, int? height)
    {
        if (width is not { } w || height is not { } h)
        {
            return (MaxWidth, MaxWidth * 3 / 4);
        }
        var scale = Math.Min(1, Math.Min((double)MaxWidth / w, (double)MaxHeight / h));
        return (Math.Max(1, (int)Math.Round(w * scale)), Math.Max(1, (int)Math.Round(h * scale)));
    }
}
