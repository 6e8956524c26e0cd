namespace TwinHub.Core.Webinars;

/// <summary>The address of a person's calendar to subscribe to; only its hash is kept. One living address a person.</summary>
public sealed class CalendarFeed
{
    private CalendarFeed() { }

    public CalendarFeed(byte[] hash, Guid personId, DateTimeOffset now) => (Hash, PersonId, CreatedAt) = (hash, personId, now);

    public byte[] Hash { get; private set; } = [];
    public Guid PersonId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}

/// <summary>A feed as it is served.</summary>
/// <param name="Tag">Changes whenever the content does, but for the instant of writing (DTSTAMP): a weak entity tag's inside (RFC 9110, 8.8.1).</param>
public sealed record FeedContent(byte[] Calendar, string Tag);
