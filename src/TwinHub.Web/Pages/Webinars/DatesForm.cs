using System.Globalization;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The rows in which dates are proposed, as they were typed.</summary>
public sealed class DatesForm
{
    /// <summary>So many rows stand there at first.</summary>
    private const int AtFirst = 3;

    public List<DateRow> Rows { get; set; } = [];

    /// <summary>The dates ahead; where there are none yet, the time the draft was saved with and empty rows.</summary>
    public static DatesForm Of(DatePoll poll, DateTimeOffset now)
    {
        var (webinar, ahead) = (poll.View.Webinar, poll.Dates.Where(one => one.Rank is not null).Select(one => DateRow.Of(one.Here.Start)).ToList());
        var form = new DatesForm { Rows = ahead.Count > 0 || webinar.StartsAt <= now ? ahead : [DateRow.Of(webinar.StartsLocal)] };
        return ahead.Count > 0 ? form : form.Filled();
    }

    /// <summary>One row more.</summary>
    public DatesForm More()
    {
        Rows.Add(new());
        return this;
    }

    /// <summary>One row less; a number that is none takes nothing.</summary>
    public DatesForm Without(string place)
    {
        if (int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row < Rows.Count)
        {
            Rows.RemoveAt(row);
        }
        return this;
    }

    /// <summary>What was typed comes first, so that a refusal's number is its row; then empty rows.</summary>
    public DatesForm Filled()
    {
        Rows.RemoveAll(row => row.IsEmpty);
        Rows.AddRange(Enumerable.Range(0, Math.Max(0, AtFirst - Rows.Count)).Select(_ => new DateRow()));
        return this;
    }

    /// <summary>The wall times as the service takes them.</summary>
    public IReadOnlyList<string> Dates() => [.. Rows.Where(row => !row.IsEmpty).Select(row => $"{row.Day}T{row.Time}")];
}

/// <summary>A day and a time of day, as their inputs write them.</summary>
public sealed class DateRow
{
    /// <summary><c>2027-03-29</c>.</summary>
    public string? Day { get; set; }

    /// <summary><c>10:00</c>.</summary>
    public string? Time { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Time);

    public static DateRow Of(DateTime wall) =>
        new() { Day = wall.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Time = wall.ToString("HH:mm", CultureInfo.InvariantCulture) };
}
