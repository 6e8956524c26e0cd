using Microsoft.AspNetCore.Html;
using TwinHub.Core.Reviews;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Groups.Reviews;

/// <summary>A review's facts in words.</summary>
public static class ReviewWords
{
    /// <summary>The chip's look for a state; the word says the same.</summary>
    public static string Chip(string state) => state switch { ReviewSummary.Sealed => "open", ReviewSummary.Open => "look", ReviewSummary.Concluded => "in", _ => "none" };

    /// <summary>The milestone's title as it was written, or our word for the final review.</summary>
    public static string Title(ReviewSummary review, Words words) => review.Milestone?.Title ?? words["review.final"];

    /// <summary>What is expected of whom by when, in one line.</summary>
    public static IHtmlContent When(ReviewSummary review, Words words) => review.State switch
    {
        _ when review.Review.CompleteAt is not null => words.Html("review.all-answered", ("date", words.LongDate(review.Review.DueOn))),
        ReviewSummary.Planned => words.Html("review.opens-on", ("date", words.LongDate(review.Review.OpensOn)), ("due", words.ShortDate(review.Review.DueOn))),
        ReviewSummary.Sealed => words.Html("review.due-on", ("date", words.LongDate(review.Review.DueOn))),
        _ => words.Html("review.was-due", ("date", words.LongDate(review.Review.DueOn))),
    };

    /// <summary>Four steps toward an objective, filled as far as a partner sees it; the words stand beside it.</summary>
    public static IHtmlContent Scale(int rating) => new HtmlString(
        $"<svg class=\"steps-of\" viewBox=\"0 0 46 8\" aria-hidden=\"true\">{string.Concat(Enumerable.Range(0, AnswerInput.MostReached).Select(step => $"<rect x=\"{step * 12}\" width=\"10\" height=\"8\" rx=\"2\"{(step < rating ? " class=\"on\"" : "")}/>"))}</svg>");
}
