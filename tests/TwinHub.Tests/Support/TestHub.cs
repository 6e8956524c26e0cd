using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Web.Hosting;

namespace TwinHub.Tests.Support;

/// <summary>A running hub behind a real port, over a database of its own: the front door of the tests.</summary>
public sealed class TestHub : IAsyncDisposable
{
    private TestHub(WebApplication app, string database, MovableTime time) => (App, Database, Time) = (app, database, time);

    public WebApplication App { get; }

    public string Database { get; }

    /// <summary>The hub's clock: real, plus what a test moves it by.</summary>
    public MovableTime Time { get; }

    public Uri Url => new(App.Urls.First());

    public NpgsqlDataSource Source => App.Services.GetRequiredService<NpgsqlDataSource>();

    public static Task<TestHub> Start(TestPostgres postgres, params string[] settings) => Start(postgres, demo: true, settings);

    public static async Task<TestHub> Start(TestPostgres postgres, bool demo, params string[] settings) =>
        await StartOn(postgres, await postgres.Database(demo), demo, settings);

    /// <summary>A hub (or a second node) on a given database.</summary>
    public static async Task<TestHub> StartOn(TestPostgres postgres, string database, bool demo, params string[] settings)
    {
        var time = new MovableTime();
        var arguments = HubArguments.Parse(["run", "--port", "0", "--data", Path.Combine(postgres.Folder, "hub"), $"--ConnectionStrings:TwinHub={database}",
            "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:TwinHub=Error", $"--Documents:Path={postgres.DocumentsOf(database)}", demo ? "--demo" : "--no-demo", .. settings]);
        var app = await HubHost.Build(arguments, services => services.AddSingleton<TimeProvider>(time), CancellationToken.None);
        await app.StartAsync();
        var hub = new TestHub(app, database, time);
        await Eventually.True(async () => (await hub.Ready()).IsSuccessStatusCode, "the hub is ready");
        return hub;
    }

    public async Task<T> Db<T>(Func<TwinHubDb, Task<T>> read)
    {
        await using var db = await App.Services.GetRequiredService<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync();
        return await read(db);
    }

    public Task<Guid> PersonId(string email) => Db(db => db.People.Where(p => p.Email == email).Select(p => p.Id).SingleAsync());

    /// <summary>The discussion channel of a group.</summary>
    public Task<Guid> ChannelOf(string slug) => Db(db => db.Channels.Where(c => db.Groups.Any(g => g.Id == c.GroupId && g.Slug == slug)).Select(c => c.Id).FirstAsync());

    /// <summary>A new personal access token of somebody in the demo.</summary>
    public async Task<string> Token(string email) =>
        (await App.Services.GetRequiredService<Credentials>().MakeToken(await PersonId(email), "test", null, CancellationToken.None)).Value;

    /// <summary>A program that uses the API as somebody; null: nobody.</summary>
    public async Task<HttpClient> Api(string? email)
    {
        var client = new HttpClient { BaseAddress = Url };
        if (email is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(email));
        }
        return client;
    }

    /// <summary>A browser's requests as somebody: cookies, no redirects; null: signed out.</summary>
    public async Task<HttpClient> Browser(string? email)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        if (email is not null)
        {
            (await client.PostAsJsonAsync("/demo/sign-in", new { email })).EnsureSuccessStatusCode();
        }
        return client;
    }

    /// <summary>What the hub tells a watchdog on this machine.</summary>
    public async Task<HttpResponseMessage> Ready()
    {
        using var client = new HttpClient { BaseAddress = Url };
        return await client.GetAsync("/health/ready");
    }

    /// <summary>A live connection as somebody.</summary>
    public async Task<LiveClient> Live(string email) => await LiveClient.Connect(Url, await Token(email));

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}

/// <summary>Real time, moved by hand. Timers keep their real pace.</summary>
public sealed class MovableTime : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}

/// <summary>Waits for what happens by itself, under a deadline.</summary>
public static class Eventually
{
    public static async Task True(Func<Task<bool>> condition, string what, double seconds = 15)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        while (true)
        {
            if (await condition())
            {
                return;
            }
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Xunit.Assert.Fail($"Not within {seconds} s: {what}");
            }
        }
    }

    public static Task True(Func<bool> condition, string what, double seconds = 15) => True(() => Task.FromResult(condition()), what, seconds);
}
