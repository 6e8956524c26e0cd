using System.Globalization;

namespace TwinHub.Core.Text;

/// <summary>Days and months. Names and order come from our own texts, never from the machine's culture data.</summary>
public sealed partial class Words
{
    /// <summary>"Thursday 1 October 2026".</summary>
    public string LongDate(DateOnly date) => Date("date.long", date);

    /// <summary>"1 Oct 2026". Never all digits: 11/07 is two different days.</summary>
    public string ShortDate(DateOnly date) => Date("date.short", date);

    /// <summary>"Thursday 1 October", with its year only where that is not the year of <paramref name="today"/>.</summary>
    public string DayHeading(DateOnly day, DateOnly today) =>
        Date(day.Year == today.Year ? "date.heading" : "date.long", day);

    /// <summary>The day of the month and the short month, as on a calendar leaf: ("31", "Oct").</summary>
    public (string Day, string Month) DayMonth(DateOnly date) => (DayOfMonth(date), ShortMonth(date));

    /// <summary>"September 2025".</summary>
    public string MonthYear(DateOnly date) => Date("date.month_year", date);

    /// <summary>"Thursday", in lower case where the language writes days so.</summary>
    public string Weekday(DayOfWeek day) => this[$"weekday.{Digits((int)day)}"];

    private string Date(string pattern, DateOnly date) => Say(
        pattern,
        ("weekday", Weekday(date.DayOfWeek)),
        ("day", DayOfMonth(date)),
        ("month", this[$"month.{Digits(date.Month)}"]),
        ("short_month", ShortMonth(date)),
        ("year", Digits(date.Year)));

    // French alone has a word of its own for the first: 1er, then 2, 3, …
    private string DayOfMonth(DateOnly date) => date.Day == 1 ? this["date.first_day"] : Digits(date.Day);

    private string ShortMonth(DateOnly date) => this[$"month_short.{Digits(date.Month)}"];

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
