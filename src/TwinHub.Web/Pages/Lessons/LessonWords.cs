using System.Globalization;
using Microsoft.AspNetCore.Html;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Lessons;

/// <summary>Lessons in words and signs.</summary>
public static class LessonWords
{
    /// <summary>Messages shown after the one a link leads to.</summary>
    private const int After = 10;

    public static string Icon(string kind) => kind switch { "practice" => "star", "decision" => "check-lg", _ => "lightbulb" };

    /// <summary>"From a message by Rana Khoury", with a link to its place; written by hand: null.</summary>
    public static IHtmlContent? Source(LessonView view, string slug, Reader r) => (view.Lesson.SourceKind, view.Source) switch
    {
        (null, _) => null,
        (LessonSource.Message, { } source) => r.W.Html("lessons.from-message", ("name", Link($"/groups/{slug}?before={(source.Posted + After).ToString(CultureInfo.InvariantCulture)}#m-{view.Lesson.SourceId}", source.Title))),
        (LessonSource.Review, { } source) => r.W.Html("lessons.from-review", ("title", Link($"/groups/{slug}/reviews/{view.Lesson.SourceId}", ReviewTitle(source.Title, r)))),
        (LessonSource.Webinar, { } source) => r.W.Html("lessons.from-webinar", ("title", Link($"/webinars/{view.Lesson.SourceId}", source.Title))),
        _ => new HtmlContentBuilder().Append(r.W["lessons.from-gone"]),
    };

    /// <summary>The milestone, or the final review.</summary>
    public static string ReviewTitle(string milestone, Reader r) => milestone.Length == 0 ? r.W["lessons.final-review"] : milestone;

    /// <summary>A day as a date field holds it.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day as a date field sends it; null: none.</summary>
    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The partner by which something belongs to a side; null: to none or all.</summary>
    public static PartnerView? Partner(GroupView view, Guid? organisation) => view.Partners.FirstOrDefault(one => one.Organisation.Id == organisation);

    private static HtmlContentBuilder Link(string address, string words)
    {
        var link = new HtmlContentBuilder();
        return (HtmlContentBuilder)link.AppendHtml("<a href=\"").Append(address).AppendHtml("\">").Append(words).AppendHtml("</a>");
    }
}
