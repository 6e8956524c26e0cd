using System.Globalization;
using TwinHub.Core.Register;
using TwinHub.Core.Text;

namespace TwinHub.Core.Facilitation;

/// <summary>A quarter as the board's columns say it.</summary>
public static class QuarterWords
{
    /// <summary>"Jul–Sep", with its year where that is not this one.</summary>
    public static string Head(Quarter quarter, Words words, DateOnly today)
    {
        var months = words.Say("facilitate.months", ("from", words.DayMonth(quarter.StartsOn).Month), ("until", words.DayMonth(quarter.EndsOn).Month));
        return quarter.EndsOn.Year == today.Year ? months : $"{months} {quarter.EndsOn.Year.ToString(CultureInfo.InvariantCulture)}";
    }
}
