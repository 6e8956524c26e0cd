namespace TwinHub.Load.Measures;

/// <summary>Which messages count: those due from <see cref="From"/> on and before <see cref="To"/>, in timestamps of <see cref="Clock"/>.</summary>
public sealed class Window
{
    private long _from;
    private long _to;

    /// <summary>The generator's clock: monotonic, the same for due and arrival.</summary>
    public static TimeProvider Clock => TimeProvider.System;

    /// <summary>Timestamps a microsecond.</summary>
    public static double PerMicrosecond { get; } = Clock.TimestampFrequency / 1e6;

    /// <summary>The first timestamp that counts.</summary>
    public long From => Volatile.Read(ref _from);

    /// <summary>The first timestamp that counts no more.</summary>
    public long To => Volatile.Read(ref _to);

    /// <summary>Sets both; nothing may be under way.</summary>
    public void Set(long from, long to)
    {
        Volatile.Write(ref _from, from);
        Volatile.Write(ref _to, to);
    }

    /// <summary>Whether a message due then counts.</summary>
    public bool Contains(long due) => due >= From && due < To;
}
