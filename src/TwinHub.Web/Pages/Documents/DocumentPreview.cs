using Microsoft.AspNetCore.Html;
using TwinHub.Core.Channels;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;

namespace TwinHub.Web.Pages.Documents;

/// <summary>The model of the partial <c>_VersionPreview</c>, made of what <c>PreviewFiles.Show</c> finds.</summary>
public sealed record DocumentPreview(VersionPreview View)
{
    /// <summary>UTF-16 units of Markdown that are rendered, here and not apart from the hub; a longer one is shown as it was typed.</summary>
    public const int MostMarkdown = 32_000;

    private string Home => $"/documents/{View.Document}/versions/{View.Number}";

    public string Small => Home + "/preview/small";

    public string Large => Home + "/preview/large";

    public string Pages => Home + "/pages";

    public string Content => Home + "/content";

    /// <summary>A text as HTML; null: it is none, or is shown as it stands.</summary>
    public IHtmlContent? Markdown => View is { Type: FileTypes.Markdown, Text: { Length: <= MostMarkdown } text } ? new HtmlString(MessageHtml.RenderPaper(text, 2)) : null;

    /// <summary>The icon of a card without picture.</summary>
    public string Icon => View.Type switch
    {
        FileTypes.Word => "file-earmark-word",
        FileTypes.Excel or FileTypes.Csv => "file-earmark-spreadsheet",
        FileTypes.PowerPoint => "file-earmark-slides",
        FileTypes.Pdf => "file-earmark-pdf",
        FileTypes.Zip => "file-earmark-zip",
        var type when type.StartsWith("image/", StringComparison.Ordinal) => "file-earmark-image",
        _ => "file-earmark",
    };
}
