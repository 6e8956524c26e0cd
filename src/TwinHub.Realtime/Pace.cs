namespace TwinHub.Realtime;

/// <summary>
/// How long a room gathers messages before they leave together. Nothing while the node is at ease; under load a few
/// hundredths of a second nobody sees, in which one write carries what would have been many.
/// </summary>
public sealed class Pace(TimeProvider time)
{
    /// <summary>Deliveries a second (messages times readers, this node) up to which each message leaves at once.</summary>
    private const double AtEase = 10_000;

    /// <summary>Milliseconds of gathering for each thousand deliveries a second above that.</summary>
    private const double PerThousand = 1;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long _since = time.GetTimestamp();
    private long _deliveries;
    private double _rate;

    /// <summary>Notes that messages were sent to readers.</summary>
    public void Sent(int messages, int readers)
    {
        lock (_gate)
        {
            _deliveries += (long)messages * readers;
            Measure();
        }
    }

    /// <summary>How long to gather now.</summary>
    public TimeSpan Gathering
    {
        get
        {
            lock (_gate)
            {
                Measure();
                var longer = TimeSpan.FromMilliseconds(Math.Max(0, (_rate - AtEase) / 1_000 * PerThousand));
                return longer < Longest ? longer : Longest;
            }
        }
    }

    private void Measure()
    {
        var elapsed = time.GetElapsedTime(_since);
        if (elapsed < Window)
        {
            return;
        }
        // Half of the past remains, so that one quiet moment does not change the pace.
        _rate = (_rate + (_deliveries / elapsed.TotalSeconds)) / 2;
        _deliveries = 0;
        _since = time.GetTimestamp();
    }
}
