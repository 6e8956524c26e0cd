using System.Globalization;

namespace TwinHub.Load.Measures;

/// <summary>What a connection costs a server.</summary>
/// <param name="FewKilobytes">Resident memory with the few connections.</param>
/// <param name="ManyKilobytes">Resident memory with the many.</param>
/// <param name="KilobytesEach">The slope between the two.</param>
/// <param name="Collected">Whether the server's runtime could be asked to collect garbage before each reading.</param>
public sealed record MemoryUse(long FewKilobytes, long ManyKilobytes, double KilobytesEach, bool Collected);

/// <summary>Measures the slope of resident memory over connections that all joined one channel.</summary>
public sealed class MemorySlope(Target server, Fixture fixture)
{
    private const int Few = 500;
    private const int Many = 2000;
    private const int Abreast = 50;

    /// <summary>Seats 500, then 2,000 people in the first room (people come more than once) and reads the memory at each.</summary>
    public async Task<MemoryUse> Measure()
    {
        await using var crowd = new Crowd(server, fixture);
        await crowd.Add(Seats(0, Few), Abreast);
        var (few, collected) = await Settled();
        await crowd.Add(Seats(Few, Many), Abreast);
        var (many, _) = await Settled();
        return new MemoryUse(few, many, (many - few) / (double)(Many - Few), collected);
    }

    private Seat[] Seats(int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => new Seat(0, i % fixture.Members))];

    /// <summary>Memory after three collections, a second apart: the runtime gives freed memory back only when it has been free for a while.</summary>
    private async Task<(long Kilobytes, bool Collected)> Settled()
    {
        var collected = true;
        for (var round = 0; round < 3; round++)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            collected &= await Runtime.CollectGarbage(server.ProcessId, patience.Token);
            await Task.Delay(TimeSpan.FromSeconds(1), patience.Token);
        }

        return (Resident(), collected);
    }

    private long Resident()
    {
        var line = File.ReadLines($"/proc/{server.ProcessId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
