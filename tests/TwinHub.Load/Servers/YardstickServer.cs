using System.Net;
using Npgsql;

namespace TwinHub.Load.Servers;

/// <summary>Hosts one of the two yardsticks on loopback: the command <c>serve</c>.</summary>
public static class YardstickServer
{
    /// <summary>The path of the hub, the same as TwinHub's.</summary>
    public const string HubPath = "/hubs/twinning";

    /// <summary>What the server prints before its address once it answers.</summary>
    public const string Ready = "ready at ";

    /// <summary>Serves until stopped by a signal or, with <c>--stop-on-eof</c>, until its standard input ends (the parent is gone).</summary>
    public static async Task<int> Serve(Arguments arguments)
    {
        await using var app = (arguments.Words is [var kind] ? kind : "") switch
        {
            "bare" => Bare(arguments),
            "insert" => await Insert(arguments),
            _ => throw new BenchException("serve wants bare or insert."),
        };
        await app.StartAsync();
        Console.WriteLine(Ready + app.Urls.First());
        await (arguments.Has("stop-on-eof") ? Console.OpenStandardInput().CopyToAsync(Stream.Null) : app.WaitForShutdownAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(patience.Token);
        return 0;
    }

    private static WebApplication Bare(Arguments arguments)
    {
        var builder = Builder(arguments);
        builder.Services.AddSingleton<BareRooms>();
        var app = builder.Build();
        AskForToken(app, arguments.Get("tokens"));
        app.MapHub<BareHub>(HubPath);
        return app;
    }

    private static async Task<WebApplication> Insert(Arguments arguments)
    {
        var builder = Builder(arguments);
        builder.Services.AddSingleton<InsertStore>().AddSingleton(Database(arguments.Get("connection")));
        var app = builder.Build();
        try
        {
            await app.Services.GetRequiredService<InsertStore>().Create(app.Lifetime.ApplicationStopping);
        }
        catch (NpgsqlException failure)
        {
            throw new BenchException($"The database of the insert server cannot be used: {failure.Message}");
        }

        AskForToken(app, arguments.Get("tokens"));
        app.MapHub<InsertHub>(HubPath);
        return app;
    }

    private static WebApplicationBuilder Builder(Arguments arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, arguments.Number("port", 0)));
        // Receive limit and parallel calls as the contract sets them for TwinHub.
        builder.Services.AddSignalR(hub =>
        {
            hub.MaximumParallelInvocationsPerClient = 4;
            hub.MaximumReceiveMessageSize = 256 * 1024;
        });
        var sample = arguments.Find("sample");
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new EventTemplate(sample is null ? null : File.ReadAllText(sample)));
        return builder;
    }

    /// <summary>Statements stay prepared and the pool is wide enough not to be the limit: the yardstick is the INSERT, not its preparation.</summary>
    private static NpgsqlDataSource Database(string connection) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 2, MaxPoolSize = 50 });

    private static void AskForToken(WebApplication app, string tokensFile)
    {
        var people = File.ReadLines(tokensFile).Select((token, person) => (token, person)).ToDictionary(StringComparer.Ordinal);
        app.Use((context, next) =>
        {
            if (people.ContainsKey(context.Request.Query["access_token"].ToString()))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
    }
}
