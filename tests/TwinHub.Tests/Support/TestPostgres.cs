using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Tests.Support;
using TwinHub.Web.Hosting;

[assembly: Xunit.AssemblyFixture(typeof(TestPostgres))]

namespace TwinHub.Tests.Support;

/// <summary>One real PostgreSQL for the whole run; a database of each kind is made once and cloned for each class.</summary>
public sealed class TestPostgres : Xunit.IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly HashSet<string> _templates = [];
    private int _clones;

    public string Folder { get; } = Directory.CreateTempSubdirectory("twinhub-test-").FullName;

    /// <summary>Whether it keeps what it confirms through a power cut, as the hub's own does. Tests throw it away: it need not wait for the disk.</summary>
    public bool IsDurable { get; init; }

    public PrivatePostgres Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Server = await PrivatePostgres.Start(Path.Combine(Folder, "data"), NullLogger.Instance, CancellationToken.None);
        if (!IsDurable)
        {
            // Nobody cuts the power of a test; and a visit to each of some hundred databases a minute is what autovacuum would cost.
            foreach (var setting in new[] { "synchronous_commit", "fsync", "full_page_writes", "autovacuum" })
            {
                await Execute($"alter system set {setting} = off");
            }
            await Execute("select pg_reload_conf()");
        }
    }

    /// <summary>A fresh database: with the demo networks, or migrated and empty.</summary>
    public async Task<string> Database(bool demo)
    {
        await _gate.WaitAsync();
        try
        {
            var template = demo ? "template_demo" : "template_empty";
            if (_templates.Add(template))
            {
                await Make(template, demo);
            }
            var name = $"test_{Interlocked.Increment(ref _clones)}";
            await Execute($"create database {name} template {template}");
            return To(name);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A fresh database in which nothing has been made yet.</summary>
    public async Task<string> Bare()
    {
        var name = $"bare_{Interlocked.Increment(ref _clones)}";
        await Execute($"create database {name} template template0");
        return To(name);
    }

    /// <summary>Where the documents of a database lie: each its own, for the sweep of one would take away those of all others.</summary>
    public string DocumentsOf(string database) => Path.Combine(Folder, "documents", new NpgsqlConnectionStringBuilder(database).Database!);

    public string To(string database) => new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = database }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task Make(string template, bool demo)
    {
        await Execute($"create database {template}");
        var arguments = HubArguments.Parse(["run", "--data", Path.Combine(Folder, template), $"--ConnectionStrings:TwinHub={To(template)};Pooling=false"]);
        var settings = HubSettings.Read(HubHost.Configure(arguments).Configuration, arguments.DataDirectory);
        await using var database = await HubDatabase.Open(settings, arguments.DataDirectory, NullLoggerFactory.Instance, CancellationToken.None);
        await new Migrator(database.Source, TimeProvider.System).Run(CancellationToken.None);
        await new InstallationService(database.Source, TimeProvider.System).Mark(demo, CancellationToken.None);
        if (demo)
        {
            // Without the demo's webinars and history: a test's calendar and plan are empty until it stages its own.
            await using var provider = new ServiceCollection().AddLogging().AddCore(database, settings).BuildServiceProvider();
            await provider.GetRequiredService<DemoData>().Load(CancellationToken.None);
        }
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(To("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
