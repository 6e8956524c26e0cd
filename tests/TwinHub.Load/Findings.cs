using TwinHub.Load.Measures;

namespace TwinHub.Load;

/// <summary>What was measured of one server, round by round.</summary>
public sealed class Findings(Target server)
{
    /// <summary>The server.</summary>
    public Target Server { get; } = server;

    /// <summary>The heaviest load carried, a round each; null where none was.</summary>
    public List<Probe?> Capacities { get; } = [];

    /// <summary>200 messages a second in one room of 10, a round each.</summary>
    public List<Probe> Steady { get; } = [];

    /// <summary>Milliseconds until joined, every client of every burst.</summary>
    public List<double> Connects { get; } = [];

    /// <summary>Memory over connections.</summary>
    public MemoryUse? Memory { get; set; }

    /// <summary>A sample record of an event.</summary>
    public byte[] Sample { get; set; } = [];

    /// <summary>Messages a second in: the median of the rounds.</summary>
    public double Capacity => Median(Capacities.Select(probe => probe?.Rate ?? 0));

    /// <summary>Milliseconds at 200 messages a second: the median of the rounds' medians.</summary>
    public double SteadyMedian => Median(Steady.Select(probe => probe.Median));

    /// <summary>Milliseconds at 200 messages a second: the median of the rounds' 99 %.</summary>
    public double SteadyP99 => Median(Steady.Select(probe => probe.P99));

    /// <summary>Kilobytes a connection.</summary>
    public double KilobytesEach => Memory?.KilobytesEach ?? double.NaN;

    /// <summary>Milliseconds from connecting to joined, at a share of all clients.</summary>
    public double Connect(double share)
    {
        var sorted = Connects.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
