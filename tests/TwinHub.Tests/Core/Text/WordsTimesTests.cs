using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class WordsTimesTests
{
    [Theory]
    [InlineData("en", "09:42", "10:00 Amman time")]
    [InlineData("fr", "9\u202Fh\u202F42", "10\u202Fh\u202F00, heure d’Amman")]
    [InlineData("ar", "09:42", "10:00 بتوقيت عمّان")]
    [InlineData("tr", "09:42", "Amman saatiyle 10:00")]
    public void A_time_reads_as_the_language_says_it(string language, string inSentence, string inZone)
    {
        var words = Texts.Shared.For(language);

        Assert.Equal("09:42", words.Clock(new TimeOnly(9, 42, 59)));
        Assert.Equal(inSentence, words.ClockInSentence(new TimeOnly(9, 42, 59)));
        Assert.Equal(inZone, words.ClockIn(new TimeOnly(10, 0), "Asia/Amman"));
    }

    [Theory]
    [InlineData("Asia/Beirut", "Beirut time", "heure de Beyrouth", "بتوقيت بيروت", "Beyrut saatiyle")]
    [InlineData("Asia/Baghdad", "Baghdad time", "heure de Bagdad", "بتوقيت بغداد", "Bağdat saatiyle")]
    [InlineData("Asia/Gaza", "Palestine time", "heure de Palestine", "بتوقيت فلسطين", "Filistin saatiyle")]
    [InlineData("Asia/Hebron", "Palestine time", "heure de Palestine", "بتوقيت فلسطين", "Filistin saatiyle")]
    [InlineData("Europe/Istanbul", "Istanbul time", "heure d’Istanbul", "بتوقيت إسطنبول", "İstanbul saatiyle")]
    [InlineData("Europe/Paris", "Paris time", "heure de Paris", "بتوقيت باريس", "Paris saatiyle")]
    [InlineData("Europe/Zurich", "Geneva time", "heure de Genève", "بتوقيت جنيف", "Cenevre saatiyle")]
    [InlineData("America/Bogota", "Bogotá time", "heure de Bogota", "بتوقيت بوغوتا", "Bogota saatiyle")]
    [InlineData("America/Toronto", "Ottawa time", "heure d’Ottawa", "بتوقيت أوتاوا", "Ottawa saatiyle")]
    [InlineData("Africa/Addis_Ababa", "Addis Ababa time", "heure d’Addis Ababa", "بتوقيت Addis Ababa", "Addis Ababa saatiyle")]
    [InlineData("Asia/Tokyo", "Tokyo time", "heure de Tokyo", "بتوقيت Tokyo", "Tokyo saatiyle")]
    [InlineData("Etc/UTC", "UTC time", "heure UTC", "بتوقيت UTC", "UTC saatiyle")]
    public void A_zone_is_called_by_its_city(string zone, string en, string fr, string ar, string tr) =>
        Assert.Equal([en, fr, ar, tr], Languages.All.Select(language => Texts.Shared.For(language).ZoneName(zone)));

    [Fact]
    public void A_zone_standing_alone_needs_no_time_before_it() =>
        Assert.Equal(
            ["Amman time", "heure d’Amman", "توقيت عمّان", "Amman saati"],
            Languages.All.Select(language => Texts.Shared.For(language).ZoneLabel("Asia/Amman")));

    [Fact]
    public void Every_zone_of_our_table_exists()
    {
        var zones = Texts.Shared.All.Keys.Where(key => key.StartsWith("zone.", StringComparison.Ordinal))
            .Select(key => key["zone.".Length..]).Where(zone => zone.Contains('/', StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(zones);
        Assert.All(zones, zone => Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), zone));
    }
}
