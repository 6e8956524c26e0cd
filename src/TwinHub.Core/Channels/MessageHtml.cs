using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TwinHub.Core.Channels;

/// <summary>
/// Markdown to HTML for messages. Raw HTML is text, images become links, headings stay as typed, and only http, https and
/// mailto make a link (Markdig alone lets <c>javascript:</c> pass); any other is its text. Links open without referrer.
/// </summary>
public static class MessageHtml
{
    private const int LowestHeading = 6;

    private static readonly MarkdownPipeline Talk = Builder().DisableHeadings().Build(), Paper = Builder().Build();

    private static MarkdownPipelineBuilder Builder() => new MarkdownPipelineBuilder()
        .DisableHtml().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UseSoftlineBreakAsHardlineBreak();

    /// <summary>The body as HTML; every paragraph carries <c>dir="auto"</c>.</summary>
    public static string Render(string body) => Render(body, Talk, 0);

    /// <summary>The body's words without their Markdown, such as for a list.</summary>
    public static string Plain(string body)
    {
        try
        {
            return Markdown.ToPlainText(body, Talk).Trim() is { Length: > 0 } words ? words : body;
        }
        catch (ArgumentException)
        {
            return body;
        }
    }

    /// <summary>As <see cref="Render(string)"/>, for what is longer than a message: headings are headings.</summary>
    /// <param name="under">The level of the heading under which it stands: the highest one used becomes the next, and none is left out.</param>
    public static string RenderPaper(string body, int under) => Render(body, Paper, under);

    private static string Render(string body, MarkdownPipeline pipeline, int under)
    {
        try
        {
            return Render(Markdown.Parse(body, pipeline), pipeline, under);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser follows, which no person writes: shown as it was typed.
            return $"<p dir=\"auto\">{WebUtility.HtmlEncode(body).Replace("\n", "<br />\n", StringComparison.Ordinal)}</p>";
        }
    }

    private static string Render(MarkdownDocument document, MarkdownPipeline pipeline, int under)
    {
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Tame(link);
        }
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail).ToList())
        {
            if (IsSafe(link.Url) && StandsAlone(link))
            {
                OpenElsewhere(link);
            }
            else
            {
                link.ReplaceBy(new LiteralInline(link.Url));
            }
        }
        var levels = document.OfType<HeadingBlock>().Select(heading => heading.Level).Distinct().Order().ToList();
        foreach (var block in document.Descendants().Where(node => node is ParagraphBlock or ListBlock or QuoteBlock or CodeBlock or HeadingBlock))
        {
            block.GetAttributes().AddPropertyIfNotExist("dir", "auto");
            if (block is HeadingBlock heading)
            {
                // A heading inside a quote or a list does not make an order of its own.
                heading.Level = Math.Clamp(levels.IndexOf(heading.Level) + 1 + under, under + 1, LowestHeading);
            }
        }
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        pipeline.Setup(renderer);
        renderer.Render(document);
        return writer.ToString().Trim();
    }

    private static void Tame(LinkInline link)
    {
        link.IsImage = false;
        if (IsSafe(link.Url) && StandsAlone(link))
        {
            OpenElsewhere(link);
        }
        else
        {
            link.ReplaceBy(new ContainerInline());
        }
    }

    /// <summary>HTML knows no link within a link: of two, the inner one is text.</summary>
    private static bool StandsAlone(Inline link) => !link.FindParentOfType<LinkInline>().Any(parent => parent != link);

    private static void OpenElsewhere(Inline link)
    {
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
        attributes.AddPropertyIfNotExist("target", "_blank");
    }

    /// <summary>Only an absolute http, https or mailto address is a link; control characters hide schemes.</summary>
    private static bool IsSafe(string? url) =>
        url is not null && !url.Any(char.IsControl)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto");
}
