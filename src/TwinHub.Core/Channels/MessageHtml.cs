using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TwinHub.Core.Channels;

/// <summary>
/// Markdown to HTML for messages. Raw HTML is text, images become links, headings become bold lines, and a link keeps only
/// the schemes http, https and mailto (Markdig alone lets <c>javascript:</c> pass). Links open without referrer.
/// </summary>
public static class MessageHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().DisableHeadings().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseSoftlineBreakAsHardlineBreak().Build();

    /// <summary>The body as HTML; every paragraph carries <c>dir="auto"</c>.</summary>
    public static string Render(string body)
    {
        var document = Markdown.Parse(body, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            Tame(link);
        }
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)))
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }
        foreach (var block in document.Descendants().Where(node => node is ParagraphBlock or ListBlock or QuoteBlock or CodeBlock))
        {
            block.GetAttributes().AddPropertyIfNotExist("dir", "auto");
        }
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return writer.ToString().Trim();
    }

    private static void Tame(LinkInline link)
    {
        link.IsImage = false;
        if (!IsSafe(link.Url))
        {
            link.Url = "";
            return;
        }
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
        attributes.AddPropertyIfNotExist("target", "_blank");
    }

    /// <summary>Only an absolute http, https or mailto address is a link; control characters hide schemes.</summary>
    private static bool IsSafe(string? url) =>
        url is not null && !url.Any(char.IsControl)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto");
}
