using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Documents;

/// <summary>What a file is, as a sign and in words. Media types are for machines.</summary>
public static class FileKinds
{
    /// <summary>The icon's name.</summary>
    public static string Icon(string type) => Kind(type) switch
    {
        "picture" => "file-earmark-image",
        "pdf" => "file-earmark-pdf",
        "word" => "file-earmark-word",
        "excel" or "table" => "file-earmark-spreadsheet",
        "slides" => "file-earmark-slides",
        "text" => "file-earmark-text",
        "archive" => "file-earmark-zip",
        "audio" => "file-earmark-music",
        "video" => "file-earmark-play",
        _ => "file-earmark",
    };

    /// <summary>"Word document".</summary>
    public static string Words(string type, Words words) => words["documents.kind." + Kind(type)];

    private static string Kind(string type) => type switch
    {
        FileTypes.Pdf => "pdf",
        FileTypes.Word => "word",
        FileTypes.Excel => "excel",
        FileTypes.PowerPoint => "slides",
        FileTypes.Csv => "table",
        FileTypes.Text or FileTypes.Markdown or "application/rtf" => "text",
        FileTypes.Zip => "archive",
        _ when type.StartsWith("image/", StringComparison.Ordinal) => "picture",
        _ when type.StartsWith("audio/", StringComparison.Ordinal) => "audio",
        _ when type.StartsWith("video/", StringComparison.Ordinal) => "video",
        _ => "other",
    };
}
