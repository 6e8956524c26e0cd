using TwinHub.Core.Data;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Commands;

/// <summary>Groups for load tests, made beside the hub that will carry them.</summary>
public sealed class BenchDataCommandTests(TestPostgres postgres)
{
    private const int Groups = 3;
    private const int Members = 4;

    [Fact]
    public async Task It_fills_an_empty_installation_with_groups_and_lifts_the_posting_limits_of_a_hub_that_runs()
    {
        await using var hub = await TestHub.Start(postgres, demo: false, "--Limits:PostsPerMinute=60", "--Limits:PostsBurst=1");
        var folder = Path.Combine(postgres.Folder, "bench", "out");
        string[] command = ["bench-data", "--groups", $"{Groups}", "--members", $"{Members}", "--out", folder, $"--ConnectionStrings:TwinHub={hub.Database}", "--data", Path.Combine(postgres.Folder, "bench")];

        await HubCommand.Run(command);

        var channels = await File.ReadAllLinesAsync(Path.Combine(folder, "channels.txt"), TestContext.Current.CancellationToken);
        var tokens = await File.ReadAllLinesAsync(Path.Combine(folder, "tokens.txt"), TestContext.Current.CancellationToken);
        Assert.Equal((Groups, Groups * Members), (channels.Distinct().Count(), tokens.Distinct().Count()));
        foreach (var (token, member) in tokens.Select((token, member) => (token, member)))
        {
            using var api = hub.ApiWith(token);
            var group = Assert.Single((await (await api.Get("/api/v1/groups")).Json()).GetProperty("items").EnumerateArray());
            Assert.Equal(channels[member / Members], group.GetProperty("channels")[0].GetProperty("id").GetString());
        }
        await PostsFreely(hub, tokens[0], channels[0]);
        await using var next = await TestHub.StartOn(postgres, hub.Database, demo: false, "--Limits:PostsPerMinute=60", "--Limits:PostsBurst=1");
        await PostsFreely(next, tokens[^1], channels[^1]);

        Assert.Contains("empty installation", await HubCommand.Refused(command), StringComparison.Ordinal);
        Assert.Equal((long)Groups, await hub.Scalar<long>("select count(*) from twinning_groups"));
    }

    [Fact]
    public async Task What_cannot_be_made_is_one_line_and_leaves_the_installation_empty()
    {
        var database = await postgres.Database(demo: false);
        var file = Path.Combine(postgres.Folder, "a-file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        string[] here = [$"--ConnectionStrings:TwinHub={database}", "--data", Path.Combine(postgres.Folder, "bench-refused")];

        Assert.Contains(file, await HubCommand.Refused(["bench-data", "--groups", "1", "--members", "1", "--out", file, .. here]), StringComparison.Ordinal);
        Assert.Contains("--groups", await HubCommand.Refused(["bench-data", "--groups", "0", "--members", "1", "--out", postgres.Folder, .. here]), StringComparison.Ordinal);

        await using var source = Npgsql.NpgsqlDataSource.Create(database);
        await using var count = source.CreateCommand("select count(*) from networks");
        Assert.Equal(0L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.True(await new InstallationService(source, TimeProvider.System).LimitsPosting(TestContext.Current.CancellationToken));
    }

    private static async Task PostsFreely(TestHub hub, string token, string channel)
    {
        using var api = hub.ApiWith(token);
        var path = $"/api/v1/channels/{channel}/messages";
        await Eventually.True(async () => (await Task.WhenAll(Enumerable.Range(0, 5).Select(n => api.Post(path, new { clientMessageId = Guid.NewGuid(), body = $"{n}" })))).All(answer => (int)answer.StatusCode == 201), "the limits are lifted");
    }
}
