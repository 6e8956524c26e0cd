using System.Globalization;
using TwinHub.Core;
using TwinHub.Core.Register;

namespace TwinHub.Web.Api;

/// <summary>Which register entries a program asks for; see <see cref="RegisterFilter"/>.</summary>
/// <param name="Q">Beginnings of words.</param>
/// <param name="Year">2000 to 2999.</param>
public sealed record RegisterQuery(string? Network, string? Q, string? Country, string? Theme, string? Activity, string? Status, string? Year, string? Kind, string? Limit, string? Cursor)
{
    private const int Longest = 200;

    public Outcome<RegisterFilter> Filter()
    {
        var year = int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= RegisterFilter.FirstYear and <= RegisterFilter.LastYear ? number : (int?)null;
        var texts = new[] { ("q", Q), ("country", Country), ("theme", Theme), ("activity", Activity), ("kind", Kind) };
        var fault = texts.Where(text => text.Item2 is { Length: > Longest }).Select(text => new Refusal(RefusalCode.TooLong, Field: text.Item1)).FirstOrDefault()
            ?? texts.Where(text => text.Item2?.Contains('\0', StringComparison.Ordinal) == true).Select(text => Refusal.Invalid(text.Item1)).FirstOrDefault()
            ?? (Year is not null && year is null ? Refusal.Invalid("year") : Status is not null && !RegisterAccess.Statuses.Contains(Status) ? Refusal.Invalid("status") : null);
        return fault is null ? new RegisterFilter(Q, Country, Theme, Activity, Status, year, Kind) : fault;
    }
}
