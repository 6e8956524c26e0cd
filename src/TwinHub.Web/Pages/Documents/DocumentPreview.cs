using Microsoft.AspNetCore.Html;
using TwinHub.Core.Channels;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Pages.Documents;

/// <summary>What a document's page shows of its newest version.</summary>
public sealed record DocumentPreview(VersionPreview View, FilePreview File)
{
    /// <summary>UTF-16 units of Markdown that are rendered, here and not apart from the hub; a longer one is shown as it was typed.</summary>
    public const int MostMarkdown = 32_000;

    private string Home => $"/documents/{View.Document}/versions/{View.Number}";

    public string Pages => Home + "/pages";

    /// <summary>A text as HTML; null: it is none, or is shown as it stands.</summary>
    public IHtmlContent? Markdown => View is { Type: FileTypes.Markdown, Text: { Length: <= MostMarkdown } text } ? new HtmlString(MessageHtml.RenderPaper(text, 2)) : null;

    /// <summary>The address of a preview: <c>small</c> or <c>large</c>.</summary>
    public string Picture(string size) => $"{Home}/preview/{size}";
}
