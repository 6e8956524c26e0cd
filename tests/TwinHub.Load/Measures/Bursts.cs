namespace TwinHub.Load.Measures;

/// <summary>Everybody comes back at once: 100 clients connect, shake hands, join and get the newest 50 messages.</summary>
public sealed class Bursts(IReadOnlyList<Findings> servers, Fixture fixture)
{
    /// <summary>The rooms they join, 20 clients each.</summary>
    public const int Rooms = 5;

    /// <summary>Bursts against each server in turn; the first of each only warms up.</summary>
    public async Task Measure(int repeats)
    {
        for (var repeat = 0; repeat <= repeats; repeat++)
        {
            foreach (var server in servers)
            {
                var took = await Burst(server.Server);
                server.Connects.AddRange(repeat == 0 ? [] : took);
            }
        }
    }

    private async Task<double[]> Burst(Target server)
    {
        await using var crowd = new Crowd(server, fixture);
        Seat[] seats = [.. Crowd.Seats(Rooms, 20)];
        return await crowd.Add(seats, seats.Length);
    }
}
