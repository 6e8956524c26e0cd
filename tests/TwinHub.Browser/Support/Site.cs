using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Npgsql;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>One demo hub at a fixed address, with visitors in browsers of their own.</summary>
public sealed class Site(TestPostgres postgres, Chromium chromium) : IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public Uri Url => Hub.Url;

    public async ValueTask InitializeAsync() => await Start([]);

    /// <summary>The port is known before the start, because mailed links name it.</summary>
    public async Task Start(string[] settings) =>
        Hub = await TestHub.Start(postgres, ["--Limits:PostsPerMinute=0", "--Documents:ReadingPatience=00:00:06", "--port", FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture), .. settings]);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    /// <summary>Somebody in a browser of their own; without an address they are signed out.</summary>
    public Task<Visitor> Visit(string? email, Screen? screen = null, string language = "en") => VisitAt(Url, email, (screen ?? Screen.Wide).Options(language));

    /// <summary>Somebody who reaches the hub by another way, such as a relay.</summary>
    public async Task<Visitor> VisitAt(Uri url, string? email, BrowserNewContextOptions options)
    {
        options.BaseURL = url.ToString();
        var visitor = await Visitor.Open(await chromium.Browser.NewContextAsync(options), url);
        if (email is not null)
        {
            await visitor.SignIn(email);
        }
        return visitor;
    }

    public async Task Execute(string sql, params object[] values)
    {
        await using var command = Hub.Source.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
