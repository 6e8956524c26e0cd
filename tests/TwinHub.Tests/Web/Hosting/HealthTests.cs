using System.Net;
using System.Text.Json;
using Npgsql;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Hosting;

/// <summary>What a watchdog is told (contract, HTTP): alive is the process alone, ready means database, migrations and listener.</summary>
public sealed class HealthTests(TestPostgres postgres) : IAsyncLifetime
{
    private TcpRelay Relay { get; set; } = null!;
    private TestHub Hub { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.Database(demo: false));
        Relay = TcpRelay.ToSocket(database.Host!);
        (database.Host, database.Port, database.SslMode) = ("127.0.0.1", Relay.Port, SslMode.Disable);
        Hub = await TestHub.StartOn(postgres, database.ConnectionString, demo: false, "--PublicUrl=https://hub.example.org", "--Proxies:0=127.0.0.1");
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Relay.DisposeAsync();
    }

    [Fact]
    public async Task A_hub_tells_whether_it_lives_and_whether_it_is_ready()
    {
        await IsAlive();
        Assert.Equal((200, "ready", "ok", "ok"), await Ready());

        await Hub.Execute("update migrations set number = number + 1000 where number = (select max(number) from migrations)");
        Assert.Equal((503, "unavailable", "migrations missing", "ok"), await Ready());
        await IsAlive();
        await Hub.Execute("update migrations set number = number - 1000 where number > 1000");
        Assert.Equal((200, "ready", "ok", "ok"), await Ready());

        Relay.Refuse();
        await Eventually.True(async () => await Ready() == (503, "unavailable", "away", "away"), "the database is missed");
        await IsAlive();
        Relay.Admit();
        await Eventually.True(async () => await Ready() == (200, "ready", "ok", "ok"), "the database is back");
    }

    [Fact]
    public async Task Only_this_machine_is_told_more_than_whether()
    {
        using var client = Hub.ApiWith(null);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        Assert.Equal("""{"status":"ready"}""", await client.Text("/health/ready"));
        Relay.Refuse();
        await Eventually.True(async () => (int)(await client.Get("/health/ready")).StatusCode == 503, "the database is missed");
        Assert.Equal("""{"status":"unavailable"}""", await (await client.Get("/health/ready")).Text());
        Relay.Admit();
    }

    private async Task IsAlive()
    {
        using var client = Hub.ApiWith(null);
        using var answer = await client.Get("/health/live");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<(int Status, string? Word, string? Database, string? Listener)> Ready()
    {
        using var answer = await Hub.Ready();
        var told = await answer.Json();
        Assert.Equal(["status", "database", "listener", "degraded"], told.EnumerateObject().Select(one => one.Name));
        Assert.Equal(JsonValueKind.Array, told.GetProperty("degraded").ValueKind);
        return ((int)answer.StatusCode, told.GetProperty("status").GetString(), told.GetProperty("database").GetString(), told.GetProperty("listener").GetString());
    }
}
