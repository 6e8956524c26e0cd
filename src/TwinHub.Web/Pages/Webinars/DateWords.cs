using Microsoft.AspNetCore.Html;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Proposed dates and their answers in words.</summary>
public static class DateWords
{
    public static readonly IReadOnlyList<string> Answers = [DateAnswer.Yes, DateAnswer.Maybe, DateAnswer.No];

    /// <summary>The chip's look for an answer; the word says the same.</summary>
    public static string Chip(string? answer) => answer switch { DateAnswer.Yes => "in", DateAnswer.Maybe => "open", null => "none", _ => "" };

    /// <summary>"Tuesday 10 November, 11:00–12:30", with its year where that is another one.</summary>
    public static IHtmlContent When(DateMoment moment, Words words, DateOnly today) => words.Html("invitee.when",
        ("day", words.DayHeading(moment.Day, today)), ("start", words.Clock(moment.Hour)), ("end", words.Clock(TimeOnly.FromDateTime(moment.End))));

    /// <summary>"11:00–12:30".</summary>
    public static IHtmlContent Hours(DateMoment moment, Words words) =>
        words.Html("invitee.hours", ("start", words.Clock(moment.Hour)), ("end", words.Clock(TimeOnly.FromDateTime(moment.End))));

    /// <summary>Why a date may be a bad one for somebody: weekend, holidays, an early or a late hour.</summary>
    public static IEnumerable<IHtmlContent> Concerns(DateMoment moment, Words words)
    {
        if (moment.IsNight)
        {
            yield return words.Html(moment.IsEarly ? "dates.early" : "dates.late");
        }
        if (moment.IsWeekend)
        {
            yield return words.Html("dates.weekend");
        }
        foreach (var holiday in moment.Holidays)
        {
            yield return words.Html(holiday.Approximate ? "dates.holiday-expected" : "dates.holiday", ("holiday", holiday.Names.In(words.Language)));
        }
    }

    /// <summary>"Yes: 4 · maybe: 1 · no: 0 · no answer: 2".</summary>
    public static IHtmlContent Tally(DateCounts counts, Words words) => words.Html("dates.tally",
        ("yes", words.Number(counts.Yes)), ("maybe", words.Number(counts.Maybe)), ("no", words.Number(counts.No)), ("none", words.Number(counts.None)));

    /// <summary>The organiser's clock beside the reader's, with the day where that is another one; null: both show the same.</summary>
    public static IHtmlContent? Theirs(ReplyDate date, string zone, Words words, DateOnly today)
    {
        var clock = ("clock", (object?)words.ClockIn(date.Theirs.Hour, zone));
        return date.Theirs.Start == date.Mine.Start ? null
            : date.Theirs.Day == date.Mine.Day ? words.Html("dates.reply.theirs", clock)
            : words.Html("dates.reply.theirs-day", ("day", words.DayHeading(date.Theirs.Day, today)), clock);
    }
}
