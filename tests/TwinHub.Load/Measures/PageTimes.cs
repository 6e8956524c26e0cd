using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace TwinHub.Load.Measures;

/// <summary>How long pages take: one client asks, one request after the other, over loopback, so that what it waits is the server's time and a little.</summary>
public static class PageTimes
{
    private const int WarmUp = 100;

    public static void Head(string title) => Console.WriteLine($"{"milliseconds, " + title,-72}{"median",8}{"p95",8}{"most",8}{"KB",8}{"goal",10}");

    /// <param name="goal">Milliseconds of the 95th percentile.</param>
    public static async Task Measure(HttpClient client, string path, int requests, double goal)
    {
        var (times, bytes) = (new LatencyHistogram(), 0);
        for (var i = -WarmUp; i < requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                Console.WriteLine($"{path,-72}answered {(int)answer.StatusCode}");
                return;
            }
            if (i >= 0)
            {
                times.Add((long)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
        }
        var p95 = times.Percentile(0.95);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path,-72}{times.Percentile(0.5),8:F0}{p95,8:F0}{times.Percentile(1),8:F0}{bytes / 1024,8}{(p95 < goal ? "met" : "missed"),10}"));
    }

    /// <summary>A browser that is signed in.</summary>
    public static HttpClient Client(Uri url, string token)
    {
        var jar = new CookieContainer();
        jar.Add(url, new Cookie("twinhub", token));
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = url };
    }
}
