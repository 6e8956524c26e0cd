using System.Globalization;
using Npgsql;
using TwinHub.Load.Mail;
using TwinHub.Load.Measures;

namespace TwinHub.Load.Boards;

/// <summary>
/// The command <c>board</c>: 500 groups with five years of quarters and twelve weeks of talk, and how long the pages that look at
/// all of them take.
/// </summary>
public static class BoardBench
{
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
            using var client = PageTimes.Client(hub.Url, token);
            PageTimes.Head(groups + " groups, one client, " + requests + " warm requests");
            foreach (var path in arguments.Words.Count > 0 ? arguments.Words : ["/facilitate", "/register", "/register/bench-1"])
            {
                await PageTimes.Measure(client, path, requests, Goal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }
}
