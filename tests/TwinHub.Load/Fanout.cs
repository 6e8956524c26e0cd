using System.Diagnostics;
using TwinHub.Load.Measures;
using TwinHub.Load.Servers;

namespace TwinHub.Load;

/// <summary>The command <c>fanout</c>: one run that compares TwinHub with its two yardsticks, each a process of its own on loopback.</summary>
public sealed class Fanout : IAsyncDisposable
{
    private const int Rooms = 50;
    private const int Members = 20;
    private readonly List<ServerProcess> _processes = [];
    private readonly List<Findings> _servers = [];
    private readonly Arguments _arguments;
    private readonly Fixture _fixture;
    private readonly string _data;
    private readonly DirectoryInfo _folder;

    private Fanout(Arguments arguments)
    {
        (_arguments, var given) = (arguments, arguments.Find("data"));
        var fixture = given is null ? null : Fixture.Read(given, Rooms, Members);
        _folder = Directory.CreateTempSubdirectory("twinhub-load-");
        _data = given ?? _folder.FullName;
        if (fixture is null)
        {
            Fixture.Write(_data, Rooms, Members);
        }

        _fixture = fixture ?? Fixture.Read(_data, Rooms, Members);
    }

    /// <summary>Measures, prints and writes the report; 0, or 1 where an order was broken or a message lost. Goals missed are no failure.</summary>
    public static async Task<int> Run(Arguments arguments)
    {
        var started = Stopwatch.StartNew();
        await using var fanout = new Fanout(arguments);
        await fanout.Gather();
        var rounds = new Rounds(fanout._servers, fanout._fixture, arguments.Has("quick"), Console.Error.WriteLine);
        await rounds.Measure();
        var report = new Report(fanout._servers, rounds.Violations, arguments.Has("quick"), started.Elapsed);
        report.Print(Console.Out);
        await report.Write(arguments.Find("out") ?? "fanout.json");
        return rounds.Violations.Count == 0 ? 0 : 1;
    }

    /// <summary>Ends what was started and takes the made-up data away.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>TwinHub first: a sample of its events gives the yardsticks theirs.</summary>
    private async Task Gather()
    {
        var wanted = (_arguments.Find("only") ?? "bare,insert,twinhub").Split(',');
        string[] sample = [];
        Findings? twinhub = null;
        if (wanted.Contains("twinhub"))
        {
            twinhub = await Prepare(new Target("twinhub", new Uri(new Uri(_arguments.Get("twinhub-url")), YardstickServer.HubPath), _arguments.Number("twinhub-pid", 0)));
            var file = Path.Combine(_folder.FullName, "event.json");
            await File.WriteAllTextAsync(file, EventShape.Event(twinhub.Sample));
            sample = ["--sample", file];
        }

        string[] tokens = ["--tokens", Path.Combine(_data, "tokens.txt"), .. sample];
        if (wanted.Contains("bare"))
        {
            _servers.Add(await Start("bare", tokens));
        }

        if (wanted.Contains("insert"))
        {
            _servers.Add(await Start("insert", [.. tokens, "--connection", _arguments.Get("insert-connection")]));
        }

        if (twinhub is not null)
        {
            _servers.Add(twinhub);
        }
    }

    private async Task<Findings> Start(string kind, string[] options)
    {
        var process = await ServerProcess.Start(kind, options);
        _processes.Add(process);
        return await Prepare(process.Target);
    }

    /// <summary>Fills the rooms that are joined later with more than the 50 messages a join returns.</summary>
    private async Task<Findings> Prepare(Target server)
    {
        await using var crowd = new Crowd(server, _fixture);
        await crowd.Add([.. Crowd.Seats(Bursts.Rooms, 1)], 1);
        var probe = await new Schedule(crowd, 200, TimeSpan.Zero, TimeSpan.FromSeconds(1.5)).Run(server.ProcessId);
        var sample = crowd.Members[0].Sample;
        return sample.Length > 0 && probe.Trouble is null && !crowd.Violations().Any()
            ? new Findings(server) { Sample = sample }
            : throw new BenchException($"{server.Name} does not deliver: {probe.Trouble ?? string.Join("; ", crowd.Violations())}");
    }
}
