using System.Net.Http.Headers;
using System.Text.Json;
using Npgsql;

namespace TwinHub.Load.Mail;

/// <summary>
/// Two hubs on one database in a temporary folder: one writes invitations and sends nothing, the other sends and writes
/// nothing, so that its memory and its time are those of the delivery alone.
/// </summary>
public sealed class MailHubs : IAsyncDisposable
{
    private const int Members = 1_000;

    private readonly DirectoryInfo _folder;
    private readonly HubUnderLoad _writer;
    private readonly HttpClient _organiser;
    private readonly NpgsqlDataSource _database;

    private MailHubs(DirectoryInfo folder, HubUnderLoad writer, HubUnderLoad sender, HttpClient organiser, NpgsqlDataSource database) =>
        (_folder, _writer, Sender, _organiser, _database) = (folder, writer, sender, organiser, database);

    public HubUnderLoad Sender { get; }

    /// <summary>Starts both, with so many people to invite.</summary>
    public static async Task<MailHubs> Start(string program, int people, int port, int connections)
    {
        var folder = Directory.CreateTempSubdirectory("twinhub-mail-");
        if (!OperatingSystem.IsWindows())
        {
            // The private PostgreSQL's own user must come through.
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }
        var (data, connection) = (Path.Combine(folder.FullName, "data"), $"Host={folder.FullName}/data/postgres;Username=twinhub;Database=twinhub");
        await HubUnderLoad.Command(program, "bench-data", "--groups", $"{(people / Members) + 1}", "--members", $"{Members}", "--out", folder.FullName, "--data", data);
        var writer = await HubUnderLoad.Run(program, data, "--Jobs:Run=false", "--Mail:ReplyDomain=reply.example.org");
        var sender = await HubUnderLoad.Run(program, Path.Combine(folder.FullName, "sender"), $"--ConnectionStrings:TwinHub={connection}", "--Mail:Mode=Smtp", "--Mail:Host=127.0.0.1",
            $"--Mail:Port={port}", "--Mail:Security=None", $"--Mail:Connections={connections}", "--Mail:ReplyDomain=reply.example.org");
        var database = NpgsqlDataSource.Create(connection);
        await using var facilitate = database.CreateCommand("insert into network_roles (network_id, person_id, role) select n.id, p.id, 'facilitator' from networks n, people p where p.email = 'person1@bench.example.org'");
        await facilitate.ExecuteNonQueryAsync();
        var organiser = new HttpClient { BaseAddress = writer.Url, Timeout = TimeSpan.FromMinutes(5) };
        organiser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadLines(Path.Combine(folder.FullName, "tokens.txt")).First());
        return new(folder, writer, sender, organiser, database);
    }

    /// <summary>Invites so many to a new webinar: their mails are committed together, and the sender wakes.</summary>
    public async Task Invite(int count)
    {
        using var made = await _organiser.PostAsJsonAsync("/api/v1/webinars", new
        {
            network = "bench", title = "Twinning Arrangements", startsAt = "2099-03-29T10:00", timeZone = "Asia/Beirut", durationMinutes = 90, location = "Virtual", joinUrl = "https://meet.example.org/bench",
            context = "Eleven groups have begun. What holds next year, and who helps whom with what?", aims = new[] { "Connect the members of the groups", "Take stock of their work", "Plan what comes next" },
            audience = "Members of twinning groups", publish = true, invite = new { people = Enumerable.Range(2, count).Select(n => $"person{n}@bench.example.org") },
        });
        if (!made.IsSuccessStatusCode)
        {
            throw new BenchException($"The invitations were refused: {await made.Content.ReadFromJsonAsync<JsonElement>()}");
        }
    }

    /// <summary>Until the sender has written down what became of every mail.</summary>
    /// <returns>How many did not leave.</returns>
    public async Task<long> Settled()
    {
        while (await Count("state in ('queued', 'sending')") > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
        return await Count("state <> 'sent'");
    }

    public async ValueTask DisposeAsync()
    {
        _organiser.Dispose();
        await _database.DisposeAsync();
        await Sender.DisposeAsync();
        await _writer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<long> Count(string condition)
    {
        await using var command = _database.CreateCommand("select count(*) from emails where " + condition);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
