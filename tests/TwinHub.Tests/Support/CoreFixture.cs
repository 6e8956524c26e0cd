using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TwinHub.Jobs;
using TwinHub.Web.Hosting;

namespace TwinHub.Tests.Support;

/// <summary>Core's services and the jobs over a migrated, empty database, without a server: for rules no door shows and runs nobody wakes.</summary>
public sealed class CoreFixture(TestPostgres postgres) : Xunit.IAsyncLifetime
{
    private HubDatabase _database = null!;
    private ServiceProvider _services = null!;

    /// <summary>The clock of all services: real, plus what a test moves it by.</summary>
    public MovableTime Time { get; } = new();

    public NpgsqlDataSource Source => _database.Source;

    public async ValueTask InitializeAsync()
    {
        var arguments = HubArguments.Parse(["run", "--data", postgres.Folder, $"--ConnectionStrings:TwinHub={await postgres.Database(demo: false)}"]);
        var settings = HubSettings.Read(HubHost.Configure(arguments).Configuration, arguments.DataDirectory);
        settings.Documents.Path = Path.Combine(postgres.Folder, "documents", Guid.NewGuid().ToString("N"));
        (settings.Mail.Mode, settings.SignIn.BaseUrl) = ("Mailbox", "https://twinhub.example.org");
        _database = await HubDatabase.Open(settings, arguments.DataDirectory, NullLoggerFactory.Instance, CancellationToken.None);
        _services = new ServiceCollection().AddLogging()
            .AddCore(_database, settings).AddTimetable(run: false).AddSingleton<TimeProvider>(Time).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Adds somebody and returns the id.</summary>
    public Task<Guid> Person(string email, string language = "en") => Scalar<Guid>(
        "insert into people (id, email, name, language, time_zone, created_at) values (gen_random_uuid(), $1, 'Somebody', $2, 'Asia/Beirut', now()) returning id", email, language);

    /// <summary>One value.</summary>
    public async Task<T> Scalar<T>(string sql, params object[] values) => (await Rows<T>(sql, values)).Single();

    /// <summary>The first column of every row.</summary>
    public async Task<List<T>> Rows<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await row.ReadAsync())
        {
            rows.Add(row.GetFieldValue<T>(0));
        }
        return rows;
    }

    public async Task Execute(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
        return command;
    }
}
