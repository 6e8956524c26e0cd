namespace TwinHub.Load.Measures;

/// <summary>How long each load is held.</summary>
/// <param name="LookWarmUp">Before a look counts.</param>
/// <param name="LookMeasured">A short look, to find the order of magnitude.</param>
/// <param name="WarmUp">Before a load counts.</param>
/// <param name="Measured">A load that counts.</param>
/// <param name="Precision">The ratio of the lightest load not carried to the heaviest carried at which a search ends.</param>
/// <param name="MostLoads">After so many loads the search is content with the best found, if one was carried: it bounds the run's time.</param>
public sealed record Pace(TimeSpan LookWarmUp, TimeSpan LookMeasured, TimeSpan WarmUp, TimeSpan Measured, double Precision, int MostLoads)
{
    /// <summary>The full run: 2 s, then 8 s; 5 %.</summary>
    public static Pace Full { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), 1.05, 7);

    /// <summary>The quick run: 0.5 s, then 1.5 s; 20 %.</summary>
    public static Pace Quick { get; } = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5), 1.2, 4);
}

/// <summary>Searches the highest load a server carries: looks that double, then steps and bisection of its logarithm.</summary>
public sealed class Capacity(Target server, Func<Task<Crowd>> gather, Pace pace, Action<string> tell)
{
    private const double Lowest = 100;
    private const double Highest = 200_000;
    private readonly List<string> _violations = [];

    /// <summary>What went against the promise of one order and no loss, in all loads of the search.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>The heaviest load that was carried; null where not even the lowest was. An earlier round's result saves the looks.</summary>
    public async Task<Probe?> Search(double? earlier)
    {
        var crowd = await gather();
        try
        {
            Probe? good = null;
            var (bad, step) = (double.PositiveInfinity, earlier is null ? 1.25 : 1.1);
            var rate = earlier ?? 1.4 * await Look(crowd);
            for (var loads = 0; rate is > Lowest and < Highest && (good is null || (bad / good.Rate > pace.Precision && loads < pace.MostLoads)); loads++)
            {
                crowd = await Fresh(crowd);
                var probe = await Hold(crowd, rate, pace.WarmUp, pace.Measured);
                (good, bad) = probe.IsCarried ? (probe, bad) : (good, rate);
                rate = good is null ? bad / step : double.IsInfinity(bad) ? good.Rate * step : Math.Sqrt(good.Rate * bad);
                step *= step;
            }

            return good;
        }
        finally
        {
            await crowd.DisposeAsync();
        }
    }

    /// <summary>Doubles the load until it is too much; returns the last that was not.</summary>
    private async Task<double> Look(Crowd crowd)
    {
        var rate = 500.0;
        while (rate < Highest && (await Hold(crowd, 2 * rate, pace.LookWarmUp, pace.LookMeasured)).IsCarried)
        {
            rate *= 2;
        }

        return rate;
    }

    private async Task<Probe> Hold(Crowd crowd, double rate, TimeSpan warmUp, TimeSpan measured)
    {
        var probe = await new Schedule(crowd, rate, warmUp, measured).Run(server.ProcessId);
        _violations.AddRange(crowd.Violations());
        tell($"{server.Name,-8}{probe}");
        return probe;
    }

    /// <summary>The same crowd, or a new one where a load cost it a member, a refusal or its order.</summary>
    private async Task<Crowd> Fresh(Crowd crowd)
    {
        if (crowd.Members.All(member => member.Trouble is null) && !crowd.Violations().Any())
        {
            return crowd;
        }

        await crowd.DisposeAsync();
        return await gather();
    }
}
