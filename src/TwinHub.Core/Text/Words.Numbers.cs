using System.Globalization;

namespace TwinHub.Core.Text;

/// <summary>Numbers, shares, sizes and distances, in Latin digits with the language's own marks.</summary>
public sealed partial class Words
{
    private const decimal Kilobyte = 1024;

    // Built from our table: .NET's own Arabic separators are Arabic signs, which the other languages' readers cannot match.
    private readonly NumberFormatInfo marks = new()
    {
        NumberGroupSeparator = language switch { "fr" => "\u202F", "tr" => ".", _ => "," },
        NumberDecimalSeparator = language is "fr" or "tr" ? "," : ".",
        NegativeSign = "\u2212",
    };

    /// <summary>"1,234".</summary>
    public string Number(long number) => number.ToString("N0", marks);

    /// <summary>"1,234.5" with exactly so many decimals (0 to 28), halves rounded away from zero.</summary>
    public string Number(decimal number, int decimals) =>
        decimal.Round(number, decimals, MidpointRounding.AwayFromZero).ToString($"N{Digits(decimals)}", marks);

    /// <summary>"64%" for 64.</summary>
    public string Percent(int percent) => Say("number.percent", ("number", Number(percent)));

    /// <summary>
    /// "25 MB": kilobytes to gigabytes of 1,024 each, the kilobytes rounded up to whole ones; below ten one decimal
    /// where it is not zero. A negative size is an <see cref="ArgumentOutOfRangeException"/>.
    /// </summary>
    public string FileSize(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var kilobytes = Math.Ceiling(bytes / Kilobyte);
        return kilobytes < Kilobyte ? Size("kilobytes", kilobytes)
            : kilobytes < Kilobyte * Kilobyte ? Size("megabytes", kilobytes / Kilobyte)
            : Size("gigabytes", kilobytes / Kilobyte / Kilobyte);
    }

    /// <summary>How far two zones are apart, to the quarter of an hour, whichever is ahead: "same time", "1.5 hours apart".</summary>
    public string HoursApart(TimeSpan apart)
    {
        var hours = Math.Round((decimal)apart.Duration().TotalHours * 4, MidpointRounding.AwayFromZero) / 4;
        return hours switch
        {
            0 => this["hours_apart.none"],
            0.5m => this["hours_apart.half"],
            _ => Say(FormOf("hours_apart", Trimmed(hours)), ("n", Shortest(hours))),
        };
    }

    private string Size(string unit, decimal size) =>
        Say($"size.{unit}", ("number", size < 10 ? Shortest(decimal.Round(size, 1)) : Number(size, 0)));

    private string Shortest(decimal number) => Number(number, Trimmed(number).Scale);

    // Dividing by a one with many zeros is .NET's way to drop a decimal's trailing zeros.
    private static decimal Trimmed(decimal number) => number / 1.0000000000000000000000000000m;
}
