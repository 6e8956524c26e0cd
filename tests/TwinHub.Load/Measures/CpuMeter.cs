using System.Globalization;

namespace TwinHub.Load.Measures;

/// <summary>Reads the processor time of the server, of this process and of the whole machine from /proc (proc(5)); 1.0 is one core.</summary>
public sealed class CpuMeter(int serverProcessId)
{
    private const double TicksPerSecond = 100;
    private readonly long _start = Window.Clock.GetTimestamp();
    private readonly (long Server, long Generator, long Machine) _before = Read(serverProcessId);

    /// <summary>Cores used since the meter was made.</summary>
    public CpuUse Stop()
    {
        var (server, generator, machine) = Read(serverProcessId);
        var ticks = Window.Clock.GetElapsedTime(_start).TotalSeconds * TicksPerSecond;
        var (serving, generating) = ((server - _before.Server) / ticks, (generator - _before.Generator) / ticks);
        // The kernel counts the machine by sampled ticks, a process exactly: short bursts between two ticks are missed.
        return new CpuUse(serving, generating, Math.Max((machine - _before.Machine) / ticks, serving + generating));
    }

    private static (long Server, long Generator, long Machine) Read(int server) => (Process(server), Process(Environment.ProcessId), Machine());

    private static long Process(int id)
    {
        var file = $"/proc/{id}/stat";
        var stat = File.Exists(file) ? File.ReadAllText(file) : throw new BenchException($"There is no process {id} (any more).");
        // The command name may hold spaces and brackets: count from the last bracket (utime is field 14, stime 15).
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return Number(fields[11]) + Number(fields[12]);
    }

    private static long Machine()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // All but idle (4) and waiting for the disk (5); guest time is already in user time.
        return Enumerable.Range(1, 8).Where(field => field is not (4 or 5)).Sum(field => Number(fields[field]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Cores used by the server's process, by the generator and by everything on the machine.</summary>
public sealed record CpuUse(double Server, double Generator, double Machine);
