namespace TwinHub.Core.Webinars;

/// <summary>Several webinars planned at once; each is a webinar of its own, with its own place in calendars.</summary>
public sealed class WebinarSeries
{
    private WebinarSeries() { }

    public WebinarSeries(Guid networkId, Guid organiserId, string pattern, DateTimeOffset now) =>
        (Id, NetworkId, OrganiserId, Pattern, CreatedAt) = (Guid.CreateVersion7(), networkId, organiserId, pattern, now);

    public Guid Id { get; private set; }
    public Guid NetworkId { get; private set; }
    public Guid OrganiserId { get; private set; }

    /// <summary><c>weekly</c>, <c>fortnightly</c>, <c>monthly-day</c> ("every 3rd") or <c>monthly-weekday</c> ("every first Tuesday").</summary>
    public string Pattern { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
}
