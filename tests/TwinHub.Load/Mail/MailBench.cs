using System.Globalization;

namespace TwinHub.Load.Mail;

/// <summary>
/// The command <c>mail</c>: the hub's delivery beside plain loops of the framework's client, in turns, before a sink that
/// answers at once and before one that thinks for 20 ms; and what thousands of mails do to the hub's memory.
/// </summary>
public sealed class MailBench(MailHubs hubs, MailSink sink, int count, int rounds)
{
    private const int Connections = 4;
    private const int Early = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private MailBody? _body;
    private (double Early, double Late) _memory;

    /// <summary>Measures and prints; 0 also where a figure is missed, for then the table says so.</summary>
    public static async Task<int> Run(Arguments arguments)
    {
        var quick = arguments.Has("quick");
        var (count, rounds) = (arguments.Number("mails", quick ? 1_000 : 5_000), arguments.Number("rounds", quick ? 1 : 3));
        await using var sink = new MailSink();
        await using var hubs = await MailHubs.Start(arguments.Get("web"), Math.Max(count, Early), sink.Port, Connections);
        await new MailBench(hubs, sink, count, rounds).Measure(Console.Out);
        return 0;
    }

    private async Task Measure(TextWriter output)
    {
        // The first run is the memory's: the sender is fresh. It warms both sides up, too.
        await Hub();
        await Loops(Math.Min(count, Early));
        output.WriteLine($"{"mails a second, " + count + " mails, " + Connections + " connections",-50}{"TwinHub",10}{"SmtpClient",12}{"ratio",8}");
        var atOnce = await Compare(output, "a sink that answers at once", TimeSpan.Zero);
        var slow = await Compare(output, "a sink that thinks for 20 ms", TimeSpan.FromMilliseconds(20));
        sink.AcknowledgesAtOnce = true;
        await Compare(output, "  for information: packets acknowledged at once", TimeSpan.Zero);
        output.WriteLine();
        Goal(output, "beside the framework's client, at once", atOnce, "at least 0.8", atOnce >= 0.8);
        Goal(output, "beside the framework's client, 20 ms", slow, "at least 1.0", slow >= 1.0);
        var growth = _memory.Late - _memory.Early;
        Goal(output, string.Create(CultureInfo.InvariantCulture, $"memory at mail {count} ({_memory.Late:F0} MB) minus at {Early} ({_memory.Early:F0} MB)"), growth, "at most 50 MB", growth <= 50);
    }

    /// <summary>Both sides in turns, so that the machine's moods meet both; the medians' ratio.</summary>
    private async Task<double> Compare(TextWriter output, string name, TimeSpan delay)
    {
        sink.Delay = delay;
        var (hub, loops) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            loops.Add(await Loops(count));
            hub.Add(await Hub());
        }
        var ratio = Median(hub) / Median(loops);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-50}{Median(hub),10:F0}{Median(loops),12:F0}{ratio,8:F2}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  rounds: TwinHub {string.Join(' ', hub.Select(rate => $"{rate:F0}"))}; SmtpClient {string.Join(' ', loops.Select(rate => $"{rate:F0}"))}"));
        return ratio;
    }

    private async Task<double> Hub()
    {
        var isFirst = _body is null;
        var arrivals = sink.Expect(count, (number, content) =>
        {
            if (isFirst && number == 1)
            {
                _body = MailBody.Read(content);
            }
            if (isFirst && (number == Early || number == count))
            {
                _memory = number == Early ? (hubs.Sender.Resident, hubs.Sender.Resident) : (_memory.Early, hubs.Sender.Resident);
            }
        });
        await hubs.Invite(count);
        await arrivals.All(Patience);
        return await hubs.Settled() == 0 ? arrivals.Rate : throw new BenchException("Not every mail left.");
    }

    private async Task<double> Loops(int mails)
    {
        var arrivals = sink.Expect(mails, (_, _) => { });
        await PlainLoops.Send(sink.Port, _body!, mails, Connections);
        await arrivals.All(Patience);
        return arrivals.Rate;
    }

    private static void Goal(TextWriter output, string name, double value, string wanted, bool reached) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(reached ? "yes" : "NO"),-4}{name}: {value:F2} (wanted: {wanted})"));

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
