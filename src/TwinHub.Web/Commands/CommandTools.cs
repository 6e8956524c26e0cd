using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Commands;

/// <summary>What a command needs: the installation's database (the running server's, or started for the moment) and Core's services.</summary>
internal sealed class CommandTools : IAsyncDisposable
{
    private readonly HubDatabase _database;
    private readonly ServiceProvider _services;

    private CommandTools(HubDatabase database, ServiceProvider services) => (_database, _services) = (database, services);

    public HubDatabase Database => _database;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Opens and migrates the installation; a new one is no demo.</summary>
    public static async Task<CommandTools> Open(HubArguments arguments, CancellationToken cancel)
    {
        var builder = HubHost.Configure(arguments);
        var settings = HubSettings.Read(builder.Configuration, arguments.DataDirectory);
        settings.SignIn.BaseUrl = settings.PublicUrl ?? Address(arguments);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Error).AddConsole());
        var database = await HubDatabase.Open(settings, arguments.DataDirectory, loggers, cancel);
        await new Migrator(database.Source, TimeProvider.System).Run(cancel);
        await new InstallationService(database.Source, TimeProvider.System).Mark(demo: false, cancel);
        var services = new ServiceCollection().AddLogging().AddCore(database, settings);
        return new(database, services.BuildServiceProvider());
    }

    public async Task<Guid?> Find(string email, CancellationToken cancel)
    {
        await using var db = await Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(cancel);
        var normal = EmailAddress.Normal(email);
        return await db.People.Where(p => p.Email == normal && p.DisabledAt == null).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Where the links this command prints lead: to the port it is told, or to where the hub of this directory serves.</summary>
    private static string Address(HubArguments arguments) =>
        arguments.Number("port", 1, 65_535) is { } port ? $"http://localhost:{port}"
        : RunLock.ServedAt(arguments.DataDirectory) ?? $"http://localhost:{HubHost.DefaultPort}";

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
