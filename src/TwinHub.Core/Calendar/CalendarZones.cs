namespace TwinHub.Core.Calendar;

/// <summary>The zone a TZID means: IANA's names, Windows' names, and IANA's behind a vendor's prefix (<c>/example.com/1/Europe/Paris</c>).</summary>
internal static class CalendarZones
{
    /// <summary>America/Argentina/Buenos_Aires.</summary>
    private const int MostSegments = 3;

    public static TimeZoneInfo? Find(string? id)
    {
        if (id is null || id.Length > CalendarLimits.Name)
        {
            return null;
        }
        var segments = id.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Enumerable.Range(1, Math.Min(MostSegments, segments.Length)).Reverse()
            .Select(count => Named(string.Join('/', segments[^count..])))
            .FirstOrDefault(zone => zone is not null);
    }

    private static TimeZoneInfo? Named(string name)
    {
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana))
        {
            name = iana;
        }
        // A zone is a file below the zone database's folder: a stranger's text must not become another path.
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;
    }
}
