namespace TwinHub.Core.Reminders;

/// <summary>A day on which a network knows better than the list of public holidays.</summary>
public sealed class NetworkHoliday
{
    private NetworkHoliday() { }

    public NetworkHoliday(Guid networkId, string country, DateOnly day, string name, bool closed) =>
        (NetworkId, Country, Day, Name, Closed) = (networkId, country, day, name, closed);

    public Guid NetworkId { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; private set; } = "";

    public DateOnly Day { get; private set; }

    /// <summary>As the facilitator wrote it, 1 to 120 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>True: offices are closed; false: they work.</summary>
    public bool Closed { get; private set; }
}
