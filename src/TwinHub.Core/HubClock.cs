namespace TwinHub.Core;

/// <summary>
/// The hub's own time: the real time plus, in a demo, the distance its clock was moved forward. Messages, mails, reminders
/// and webinars live by it; sessions, tokens, limits, leases and retries live by the real <see cref="TimeProvider"/>.
/// </summary>
public sealed class HubClock(TimeProvider real) : TimeProvider
{
    private long _offset;

    /// <summary>How far the demo's clock runs ahead; zero outside a demo.</summary>
    public TimeSpan Offset => new(Volatile.Read(ref _offset));

    /// <summary>Moves on to an offset; one that lies behind changes nothing, so a late notice never turns time back.</summary>
    public void Forward(TimeSpan offset)
    {
        for (var now = Volatile.Read(ref _offset); now < offset.Ticks; now = Volatile.Read(ref _offset))
        {
            Interlocked.CompareExchange(ref _offset, offset.Ticks, now);
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;
}
