using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using TwinHub.Web.Hosting;
using Xunit;

namespace TwinHub.Tests.Web.Hosting;

/// <summary>The log tells events by ids: no token, no address, nothing people wrote (ASVS 16.2.5).</summary>
public sealed class LogTests(TestPostgres postgres)
{
    [Fact]
    public async Task The_log_holds_no_token_address_or_body()
    {
        var log = new Lines();
        var arguments = HubArguments.Parse(["run", "--port", "0", "--demo", "--data", Path.Combine(postgres.Folder, "log"), $"--ConnectionStrings:TwinHub={await postgres.Database(demo: true)}"]);
        await using var app = await HubHost.Build(arguments, services => services.AddLogging(logging => logging.ClearProviders().AddProvider(log)), TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(app.Urls.First()) };

        var secrets = await Use(app, client);

        await Eventually.True(() => log.Written.Any(line => line.Contains("Mail", StringComparison.Ordinal)), "the delivery is logged");
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(from line in log.Written from secret in secrets where line.Contains(secret, StringComparison.OrdinalIgnoreCase) select line);
    }

    private static async Task<string[]> Use(WebApplication app, HttpClient client)
    {
        var credentials = app.Services.GetRequiredService<Credentials>();
        var rana = (await (await client.Post("/demo/sign-in", new { email = People.Rana })).Json()).GetProperty("id").GetGuid();
        var token = (await credentials.MakeToken(rana, "log", null, TestContext.Current.CancellationToken)).Value;
        var link = new Uri(await app.Services.GetRequiredService<SignInService>().MakeLink(rana, TestContext.Current.CancellationToken));
        await client.PostForm("/account", "/sign-in", ("Email", People.Rana));
        await client.PostForm("/account", link.PathAndQuery);
        await client.Get($"/nothing?access_token={token}&email={People.Rana}");
        await client.PostForm("/account", $"/groups/{People.TheirGroup}", ("ClientMessageId", Guid.NewGuid().ToString()), ("Body", "a private word"));
        await using var live = await LiveClient.Connect(client.BaseAddress!, token);
        await Assert.ThrowsAsync<LiveException>(() => live.Call("Join", Guid.NewGuid(), null));
        return [token, link.AbsolutePath.Split('/')[^1], People.Rana, "a private word", "Rana Khoury"];
    }

    /// <summary>Keeps every line the hub writes at the levels it ships with.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
