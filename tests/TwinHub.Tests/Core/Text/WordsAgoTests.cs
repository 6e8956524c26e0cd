using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class WordsAgoTests
{
    private static readonly TimeZoneInfo Amman = TimeZoneInfo.FindSystemTimeZoneById("Asia/Amman");
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset Now = new(2026, 10, 1, 15, 0, 0, TimeSpan.FromHours(3));

    [Theory]
    [InlineData("en", "just now", "1 minute ago", "2 minutes ago", "5 minutes ago", "1 hour ago", "11 hours ago")]
    [InlineData("fr", "à l’instant", "il y a 1 minute", "il y a 2 minutes", "il y a 5 minutes", "il y a 1 heure", "il y a 11 heures")]
    [InlineData("ar", "الآن", "قبل دقيقة", "قبل دقيقتين", "قبل 5 دقائق", "قبل ساعة", "قبل 11 ساعة")]
    [InlineData("tr", "az önce", "1 dakika önce", "2 dakika önce", "5 dakika önce", "1 saat önce", "11 saat önce")]
    public void The_same_day_counts_minutes_and_hours(string language, params string[] expected) =>
        Assert.Equal(expected, new[] { 0, 1, 2, 5, 60, 11 * 60 }
            .Select(minutes => Texts.Shared.For(language).Ago(Now.AddMinutes(-minutes), Now, Amman)));

    [Theory]
    [InlineData("en", "yesterday at 14:30", "Tuesday 29 September", "Wednesday 31 December 2025")]
    [InlineData("fr", "hier à 14\u202Fh\u202F30", "mardi 29 septembre", "mercredi 31 décembre 2025")]
    [InlineData("ar", "أمس الساعة 14:30", "الثلاثاء 29 أيلول", "الأربعاء 31 كانون الأول 2025")]
    [InlineData("tr", "dün 14:30", "29 Eylül Salı", "31 Aralık 2025 Çarşamba")]
    public void Earlier_days_are_named(string language, string yesterday, string thisYear, string lastYear)
    {
        var words = Texts.Shared.For(language);

        Assert.Equal(yesterday, words.Ago(Now.AddDays(-1).AddMinutes(-30), Now, Amman));
        Assert.Equal(thisYear, words.Ago(Now.AddDays(-2), Now, Amman));
        Assert.Equal(lastYear, words.Ago(new DateTimeOffset(2025, 12, 31, 12, 0, 0, TimeSpan.Zero), Now, Amman));
    }

    [Theory]
    [InlineData("2026-10-01T15:00:30+03:00", "just now")]
    [InlineData("2026-10-01T14:59:01+03:00", "just now")]
    [InlineData("2026-10-01T14:00:01+03:00", "59 minutes ago")]
    [InlineData("2026-10-01T14:00:00+03:00", "1 hour ago")]
    [InlineData("2026-10-01T00:00:00+03:00", "15 hours ago")]
    [InlineData("2026-09-30T23:59:59+03:00", "yesterday at 23:59")]
    [InlineData("2026-09-30T00:00:00+03:00", "yesterday at 00:00")]
    [InlineData("2026-09-29T23:59:59+03:00", "Tuesday 29 September")]
    public void The_edges_fall_on_the_minute_and_on_midnight(string then, string expected) =>
        Assert.Equal(expected, Texts.Shared.For("en").Ago(At(then), Now, Amman));

    // Clocks in Paris go back on 25 October 2026 at 03:00 and forward on 29 March 2026 at 02:00.
    [Theory]
    [InlineData("2026-10-24T23:30:00Z", "2026-10-25T02:00:00Z", "2 hours ago")]
    [InlineData("2026-10-24T21:30:00Z", "2026-10-25T02:00:00Z", "yesterday at 23:30")]
    [InlineData("2026-03-28T22:30:00Z", "2026-03-29T01:30:00Z", "yesterday at 23:30")]
    [InlineData("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "1 hour ago")]
    public void The_day_is_the_readers_even_when_clocks_change(string then, string now, string expected) =>
        Assert.Equal(expected, Texts.Shared.For("en").Ago(At(then), At(now), Paris));

    private static DateTimeOffset At(string instant) =>
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
}
