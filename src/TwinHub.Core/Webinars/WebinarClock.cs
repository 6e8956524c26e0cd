using TwinHub.Core.Mail;
using TwinHub.Core.Text;

namespace TwinHub.Core.Webinars;

/// <summary>When a webinar is, as one reader's wall clock shows it and as the organiser's does.</summary>
internal sealed class WebinarClock(Webinar webinar, Words words, string zone)
{
    private readonly DateTime _start = Local(webinar.StartsAt, zone);
    private readonly DateTime _end = Local(webinar.EndsAt, zone);

    /// <summary>The reader's day, "Wednesday 15 July 2026".</summary>
    public string Date => words.LongDate(DateOnly.FromDateTime(_start));

    /// <summary>The reader's time with its zone, "10:00 Amman time".</summary>
    public string Time => words.ClockIn(TimeOnly.FromDateTime(_start), zone);

    /// <summary>The reader's time, the organiser's beside it, and the one that was promised where that is a third; then the end.</summary>
    public IEnumerable<LetterFact> Facts(string organiserZone)
    {
        yield return new(words["webinar-mail.fact.your-time"], Moment(webinar.StartsAt, words, zone));
        yield return new(words["webinar-mail.fact.organiser-time"], Beside(organiserZone));
        if (webinar.TimeZone != organiserZone && webinar.TimeZone != zone)
        {
            yield return new(words["webinar-mail.fact.planned-time"], Beside(webinar.TimeZone));
        }
        yield return new(words["webinar-mail.fact.end"], End());
    }

    /// <summary>"Wednesday 15 July 2026, 10:00 Amman time".</summary>
    public static string Moment(DateTimeOffset at, Words words, string zone)
    {
        var there = Local(at, zone);
        return words.Say("webinar-mail.moment", ("date", words.LongDate(DateOnly.FromDateTime(there))), ("time", words.ClockIn(TimeOnly.FromDateTime(there), zone)));
    }

    private string Beside(string other)
    {
        var there = Local(webinar.StartsAt, other);
        var day = there.Date.CompareTo(_start.Date) switch { < 0 => "before", 0 => "same", _ => "after" };
        return words.Say($"webinar-mail.beside.{day}", ("date", words.LongDate(DateOnly.FromDateTime(there))), ("time", words.ClockIn(TimeOnly.FromDateTime(there), other)));
    }

    private string End()
    {
        var (time, duration) = (words.ClockIn(TimeOnly.FromDateTime(_end), zone), words.Count("webinar-mail.minutes", webinar.DurationMinutes));
        return _end.Date == _start.Date
            ? words.Say("webinar-mail.end", ("time", time), ("duration", duration))
            : words.Say("webinar-mail.end-later", ("date", words.LongDate(DateOnly.FromDateTime(_end))), ("time", time), ("duration", duration));
    }

    private static DateTime Local(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
}
