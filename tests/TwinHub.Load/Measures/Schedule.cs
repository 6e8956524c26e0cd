using System.Globalization;

namespace TwinHub.Load.Measures;

/// <summary>What one load did to a server.</summary>
/// <param name="Rate">Messages a second in.</param>
/// <param name="Median">Milliseconds from due to delivered, of all deliveries in the window.</param>
/// <param name="P99">The same at 99 %.</param>
/// <param name="SendLagP99">Milliseconds from due to sent at 99 %: the generator's own share of <paramref name="P99"/>.</param>
/// <param name="BacklogAtEnd">Seconds of load that had not been delivered when the last post was due.</param>
/// <param name="BrokenOff">Whether it was stopped early because more than 2 s of load were outstanding.</param>
/// <param name="Trouble">A refusal or a lost connection, or null.</param>
/// <param name="Cpu">Cores used from the first post to the last.</param>
public sealed record Probe(double Rate, double Median, double P99, double SendLagP99, double BacklogAtEnd, bool BrokenOff, string? Trouble, CpuUse Cpu)
{
    /// <summary>The line between a load that is carried and one that is not, in milliseconds.</summary>
    public const double Limit = 250;

    /// <summary>Whether the server carries this load.</summary>
    public bool IsCarried => !BrokenOff && Trouble is null && P99 <= Limit && BacklogAtEnd <= Limit / 1000;

    /// <summary>One line for the terminal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Rate,8:F0}/s p50 {Median:F1} ms, p99 {P99:F1} ms, backlog {BacklogAtEnd:F2} s, cores: server {Cpu.Server:F2}, generator {Cpu.Generator:F2}, all {Cpu.Machine:F2} {(IsCarried ? "carried" : "not carried")} {Trouble}");
}

/// <summary>
/// An open-loop schedule: post k is due at <c>start + k / rate</c> whatever the server does, and its latency counts from then, so
/// that a stalled server cannot hide behind posts that were never sent (coordinated omission). Rooms take turns, and in a room its members.
/// </summary>
public sealed class Schedule(Crowd crowd, double rate, TimeSpan warmUp, TimeSpan measured)
{
    private const double BreakOff = 2;
    private readonly IReadOnlyList<Room> _rooms = crowd.Rooms;
    private readonly LatencyHistogram _lag = new();
    private readonly double _step = Window.Clock.TimestampFrequency / rate;
    private readonly long _posts = (long)(rate * (warmUp + measured).TotalSeconds);
    private readonly long _delivered = crowd.Members.Sum(member => member.Delivered);
    private long _start;
    private long _sent;
    private long _deliveries;

    /// <summary>Posts by schedule, then waits for what is outstanding.</summary>
    public async Task<Probe> Run(int serverProcessId)
    {
        Begin();
        var cpu = new CpuMeter(serverProcessId);
        var brokenOff = !await Post();
        var (backlog, use) = (Backlog(), cpu.Stop());
        await crowd.Drain();
        var latencies = new LatencyHistogram();
        foreach (var member in crowd.Members)
        {
            latencies.Add(member.Latencies);
        }

        var trouble = crowd.Members.Select(member => member.Trouble).FirstOrDefault(reason => reason is not null);
        return new Probe(rate, latencies.Percentile(0.5), latencies.Percentile(0.99), _lag.Percentile(0.99), backlog, brokenOff, trouble, use);
    }

    private void Begin()
    {
        foreach (var member in crowd.Members)
        {
            member.Latencies.Clear();
        }

        _start = Window.Clock.GetTimestamp() + Window.Clock.TimestampFrequency / 20;
        crowd.Window.Set(Due((long)(rate * warmUp.TotalSeconds)), long.MaxValue);
    }

    /// <summary>False where it was broken off.</summary>
    private async Task<bool> Post()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var look = _start;
        while (_sent < _posts && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            var now = Window.Clock.GetTimestamp();
            for (; _sent < _posts && Due(_sent) <= now; _sent++)
            {
                Post(_sent, now);
            }

            if (now < look)
            {
                continue;
            }

            if (Backlog() > BreakOff)
            {
                return false;
            }

            look = now + Window.Clock.TimestampFrequency / 10;
        }

        return true;
    }

    private void Post(long number, long now)
    {
        var room = _rooms[(int)(number % _rooms.Count)];
        room.Members[(int)(number / _rooms.Count % room.Members.Count)].Post(Due(number));
        room.Sent++;
        _deliveries += room.Members.Count;
        _lag.Add((long)((now - Due(number)) / Window.PerMicrosecond));
    }

    /// <summary>Outstanding deliveries in seconds of load; what is due but unsent is outstanding too.</summary>
    private double Backlog()
    {
        var late = Math.Max(0, Math.Min(_posts, (Window.Clock.GetTimestamp() - _start) / _step) - _sent) / rate;
        var outstanding = _deliveries - (crowd.Members.Sum(member => member.Delivered) - _delivered);
        return late + outstanding / (rate * crowd.Members.Count / _rooms.Count);
    }

    private long Due(long number) => _start + (long)(number * _step);
}
