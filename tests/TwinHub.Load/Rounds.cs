using TwinHub.Load.Measures;

namespace TwinHub.Load;

/// <summary>The order of the measures: memory on fresh servers first, then everything else in turns, so that the machine's moods meet all servers.</summary>
public sealed class Rounds(IReadOnlyList<Findings> servers, Fixture fixture, bool quick, Action<string> tell)
{
    private readonly Pace _pace = quick ? Pace.Quick : Pace.Full;
    private readonly List<string> _violations = [];

    /// <summary>Orders broken and messages lost, in any measure.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Runs all measures.</summary>
    public async Task Measure()
    {
        foreach (var server in servers)
        {
            server.Memory = await new MemorySlope(server.Server, fixture).Measure();
            tell($"{server.Server.Name,-8}{server.Memory}");
        }

        await new Bursts(servers, fixture).Measure(quick ? 3 : 10);
        for (var round = 1; round <= (quick ? 1 : 3); round++)
        {
            tell($"round {round}");
            foreach (var server in servers)
            {
                await Hold200(server);
                await SearchCapacity(server);
            }
        }
    }

    private async Task Hold200(Findings server)
    {
        await using var crowd = await Gather(server, [.. Crowd.Seats(1, 10, firstRoom: 10)]);
        var probe = await new Schedule(crowd, 200, _pace.WarmUp, _pace.Measured).Run(server.Server.ProcessId);
        _violations.AddRange(crowd.Violations());
        server.Steady.Add(probe);
        tell($"{server.Server.Name,-8}{probe}");
    }

    private async Task SearchCapacity(Findings server)
    {
        var search = new Capacity(server.Server, () => Gather(server, [.. Crowd.Seats(50, 20)]), _pace, tell);
        server.Capacities.Add(await search.Search(server.Capacities.LastOrDefault()?.Rate));
        _violations.AddRange(search.Violations);
    }

    private async Task<Crowd> Gather(Findings server, Seat[] seats)
    {
        var crowd = new Crowd(server.Server, fixture);
        await crowd.Add(seats, 50);
        return crowd;
    }
}
