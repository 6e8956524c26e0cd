using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwinHub.Load;

/// <summary>A goal of the comparison. Not reached and not measured are told apart: the latter has no value.</summary>
public sealed record Goal(string Name, double? Value, string Wanted, bool? Reached);

/// <summary>The run as one plain table and one JSON file.</summary>
public sealed class Report(IReadOnlyList<Findings> servers, IReadOnlyList<string> violations, bool quick, TimeSpan took)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private IReadOnlyList<Goal> Goals { get; } = MakeGoals(servers);

    /// <summary>Whether all servers send the same bytes; null with one server.</summary>
    private bool? SameEvents => servers.Count < 2 ? null : servers.Select(server => EventShape.Mask(server.Sample)).Distinct().Count() == 1;

    /// <summary>Writes the table for people.</summary>
    public void Print(TextWriter output)
    {
        Line(output, "", servers.Select(server => server.Server.Name));
        Line(output, "50 rooms x 20 members: messages/s in", servers.Select(server => Number(server.Capacity, "N0")));
        Line(output, "  rounds", servers.Select(server => string.Join(" ", server.Capacities.Select(probe => Number(probe?.Rate ?? 0, "F0")))));
        Line(output, "  cores: server + generator of all", servers.Select(Cores));
        Line(output, "200/s x 10 members: p50 ms", servers.Select(server => Number(server.SteadyMedian, "F2")));
        Line(output, "  p99 ms", servers.Select(server => Number(server.SteadyP99, "F2")));
        Line(output, "memory a connection, KB", servers.Select(server => Number(server.KilobytesEach, "F1")));
        Line(output, "100 x connect + join: p50 ms", servers.Select(server => Number(server.Connect(0.5), "F0")));
        Line(output, "  p99 ms", servers.Select(server => Number(server.Connect(0.99), "F0")));
        output.WriteLine();
        foreach (var goal in Goals)
        {
            var reached = goal.Reached switch { true => "yes", false => "NO", null => "-" };
            output.WriteLine($"{reached,-4}{goal.Name}: {(goal.Value is { } value ? Number(value, "F2") : "not measured")} (wanted: {goal.Wanted})");
        }

        output.WriteLine($"{(violations.Count == 0 ? "yes" : "NO"),-4}one order in every room, nothing lost");
        output.WriteLine($"{SameEvents switch { true => "yes", false => "NO", null => "-" },-4}events of the same bytes, ids, numbers and digits aside ({string.Join(", ", servers.Select(server => server.Sample.Length))} bytes)");
        foreach (var violation in violations.Distinct().Take(10))
        {
            output.WriteLine("    " + violation);
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{took.TotalSeconds:F0} s{(quick ? ", quick: indicative only" : "")}. Server, generator and database share {Environment.ProcessorCount} cores, so each figure holds for this machine in this run; the ratios are what counts."));
    }

    /// <summary>Writes the JSON file.</summary>
    public async Task Write(string file)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, new
        {
            Quick = quick,
            Seconds = took.TotalSeconds,
            Machine = new { Cores = Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription },
            Servers = servers.Select(server => new
            {
                server.Server.Name,
                Capacity = new { MessagesPerSecond = server.Capacity, Rounds = server.Capacities },
                Steady = new { MedianMs = server.SteadyMedian, P99Ms = server.SteadyP99, Rounds = server.Steady },
                server.Memory,
                Connect = new { MedianMs = server.Connect(0.5), P99Ms = server.Connect(0.99), Clients = server.Connects.Count },
                Event = EventShape.Mask(server.Sample),
            }),
            Goals,
            SameEvents,
            Violations = violations,
        }, _json);
    }

    private static List<Goal> MakeGoals(IReadOnlyList<Findings> servers)
    {
        var byName = servers.ToDictionary(server => server.Server.Name, StringComparer.Ordinal);
        var (bare, insert, twinhub) = (byName.GetValueOrDefault("bare"), byName.GetValueOrDefault("insert"), byName.GetValueOrDefault("twinhub"));
        return
        [
            Goal("capacity against the bare hub", twinhub?.Capacity / bare?.Capacity, "at least 0.5", value => value >= 0.5),
            Goal("capacity against the bare hub, aim", twinhub?.Capacity / bare?.Capacity, "at least 0.8", value => value >= 0.8),
            Goal("capacity against the INSERT hub", twinhub?.Capacity / insert?.Capacity, "at least 2.5", value => value >= 2.5),
            Goal("p99 at 200/s above the INSERT hub's, ms", twinhub?.SteadyP99 - insert?.SteadyP99, "at most 5", value => value <= 5),
            Goal("memory a connection against the bare hub", twinhub?.KilobytesEach / bare?.KilobytesEach, "at most 1.2", value => value <= 1.2),
            Goal("connect p99 against the INSERT hub", twinhub?.Connect(0.99) / insert?.Connect(0.99), "at most 1.5", value => value <= 1.5),
        ];
    }

    private static Goal Goal(string name, double? value, string wanted, Func<double, bool> reached) =>
        new(name, value, wanted, value is { } measured ? reached(measured) : null);

    private static string Cores(Findings server) => server.Capacities.LastOrDefault(probe => probe is not null)?.Cpu is { } cpu
        ? string.Create(CultureInfo.InvariantCulture, $"{cpu.Server:F1} + {cpu.Generator:F1} of {cpu.Machine:F1}")
        : "-";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Line(TextWriter output, string name, IEnumerable<string> cells) =>
        output.WriteLine($"{name,-38}" + string.Concat(cells.Select(cell => $"{cell,20}")));
}
