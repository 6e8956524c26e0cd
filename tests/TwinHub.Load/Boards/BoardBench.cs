using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;
using TwinHub.Load.Mail;
using TwinHub.Load.Measures;

namespace TwinHub.Load.Boards;

/// <summary>
/// The command <c>board</c>: 500 groups with five years of quarters and twelve weeks of talk, and how long the pages that look at
/// all of them take. One client asks, one request after the other, over loopback: what it waits is the server's time and a little.
/// </summary>
public static class BoardBench
{
    private const int WarmUp = 100;
    private const double Goal = 150;

    /// <summary>Measures and prints; 0 also where a figure is missed, for then the table says so.</summary>
    public static async Task<int> Run(Arguments arguments)
    {
        var (groups, requests, web) = (arguments.Number("groups", 500), arguments.Number("requests", 200), arguments.Get("web"));
        var folder = Directory.CreateTempSubdirectory("twinhub-board");
        try
        {
            await HubUnderLoad.Command(web, "bench-data", "--groups", groups.ToString(CultureInfo.InvariantCulture), "--members", "4", "--out", Path.Combine(folder.FullName, "out"), "--data", folder.FullName);
            await using var hub = await HubUnderLoad.Run(web, folder.FullName);
            await using var source = NpgsqlDataSource.Create($"Host={Path.Combine(folder.FullName, "postgres")};Username=twinhub;Database=twinhub");
            var token = await BoardData.Fill(source);
            using var client = Client(hub.Url, token);
            Console.WriteLine($"{"milliseconds, " + groups + " groups, one client, " + requests + " warm requests",-60}{"median",8}{"p95",8}{"most",8}{"goal",12}");
            foreach (var path in arguments.Words.Count > 0 ? arguments.Words : ["/facilitate", "/register", "/register/bench-1"])
            {
                await Measure(client, path, requests);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static async Task Measure(HttpClient client, string path, int requests)
    {
        var times = new LatencyHistogram();
        for (var i = -WarmUp; i < requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                Console.WriteLine($"{path,-60}answered {(int)answer.StatusCode}");
                return;
            }
            if (i >= 0)
            {
                times.Add((long)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
        }
        var p95 = times.Percentile(0.95);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path,-60}{times.Percentile(0.5),8:F0}{p95,8:F0}{times.Percentile(1),8:F0}{(p95 < Goal ? "met" : "missed"),12}"));
    }

    private static HttpClient Client(Uri url, string token)
    {
        var jar = new CookieContainer();
        jar.Add(url, new Cookie("twinhub", token));
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = url };
    }
}
