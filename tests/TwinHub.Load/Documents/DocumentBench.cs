using System.Globalization;
using Npgsql;
using TwinHub.Load.Boards;
using TwinHub.Load.Mail;
using TwinHub.Load.Measures;

namespace TwinHub.Load.Documents;

/// <summary>The command <c>documents</c>: one group with 10,000 documents in a hundred folders, their texts in four languages; how long its list and its search take.</summary>
public static class DocumentBench
{
    private const double Goal = 100;

    private static readonly string[] Paths =
    [
        "/groups/bench-1/documents", "/groups/bench-1/documents?sort=new", "/groups/bench-1/documents?q=market", "/groups/bench-1/documents?q=Report%2042",
        "/groups/bench-1/documents?q=municipalities", "/groups/bench-1/documents?q=" + "%D8%A7%D9%84%D8%A8%D9%84%D8%AF%D9%8A%D8%A7%D8%AA", "/groups/bench-1/documents?q=nothing-like-it",
    ];

    /// <summary>Measures and prints; 0 also where a figure is missed, for then the table says so.</summary>
    public static async Task<int> Run(Arguments arguments)
    {
        var (documents, requests, web) = (arguments.Number("documents", 10_000), arguments.Number("requests", 200), arguments.Get("web"));
        var folder = Directory.CreateTempSubdirectory("twinhub-documents");
        try
        {
            await HubUnderLoad.Command(web, "bench-data", "--groups", "1", "--members", "20", "--out", Path.Combine(folder.FullName, "out"), "--data", folder.FullName);
            await using var hub = await HubUnderLoad.Run(web, folder.FullName);
            await using var source = NpgsqlDataSource.Create($"Host={Path.Combine(folder.FullName, "postgres")};Username=twinhub;Database=twinhub;Command Timeout=300");
            await DocumentData.Fill(source, documents);
            using var client = PageTimes.Client(hub.Url, await BoardData.SignIn(source, "person1@bench.example.org"));
            PageTimes.Head(documents.ToString(CultureInfo.InvariantCulture) + " documents, one client, " + requests + " warm requests");
            foreach (var path in arguments.Words.Count > 0 ? arguments.Words : [.. Paths, "/groups/bench-1/documents?folder=" + await DocumentData.Folder(source)])
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
