using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary><c>kill -9</c> at full load: what was acknowledged is there once, everything else once or still with its writer.</summary>
[Collection(Soak.Load)]
[Trait("soak", "kill")]
public sealed class KillTests : IAsyncLifetime
{
    private static readonly int Groups = Soak.Of(2, 4);
    private static readonly int Members = Soak.Of(4, 6);

    private readonly string _folder = Directory.CreateTempSubdirectory("twinhub-kill-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        await HubCommand.Run("bench-data", "--groups", $"{Groups}", "--members", $"{Members}", "--data", Data, "--out", _folder);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task After_kills_of_server_and_database_at_full_load_every_message_is_there_once_or_still_with_its_writer()
    {
        var choice = Soak.Seed();
        var channels = (await File.ReadAllLinesAsync(Path.Combine(_folder, "channels.txt"), TestContext.Current.CancellationToken)).Select(Guid.Parse).ToArray();
        var tokens = await File.ReadAllLinesAsync(Path.Combine(_folder, "tokens.txt"), TestContext.Current.CancellationToken);
        var hub = await HubProcess.Run(Data, "--no-demo");
        var port = hub.Url.Port;
        var writers = tokens.Select((token, n) => new Writer(new(() => LiveClient.Connect(hub.Url, token), channels[n / Members], 0, TimeSpan.FromSeconds(5)))).ToList();
        var gone = new List<Writer>();
        try
        {
            for (var round = 0; round < Soak.Of(2, 40); round++)
            {
                var before = writers.Sum(writer => writer.Client.Acknowledged.Count);
                await Eventually.True(() => writers.Sum(writer => writer.Client.Acknowledged.Count) > before + choice.Next(Soak.Of(200, 500), Soak.Of(600, 2_000)), "the talk is at full load", 60);
                // The hub alone, both, the database alone, both.
                var (killsHub, killsDatabase) = (round % 4 != 2, round % 4 != 0);
                if (killsDatabase)
                {
                    HubProcess.KillPostgres(Path.Combine(Data, "postgres", "cluster"));
                }
                if (killsHub)
                {
                    await hub.Kill();
                    if (gone.Count == 0 && round > 0)
                    {
                        // One of each group gives up now, with whatever is on its way.
                        gone.AddRange(writers.Where((_, n) => n % Members == 0));
                        writers = [.. writers.Except(gone)];
                        await Task.WhenAll(gone.Select(writer => writer.DisposeAsync().AsTask()));
                    }
                    hub = await HubProcess.Run(Data, "--no-demo", "--port", $"{port}");
                }
            }
            await Task.WhenAll(writers.Select(writer => writer.Stop()));
            await Judge(hub, channels, writers, gone);
        }
        finally
        {
            await Task.WhenAll(writers.Select(writer => writer.DisposeAsync().AsTask()));
            await hub.DisposeAsync();
        }
    }

    private static async Task Judge(HubProcess hub, Guid[] channels, List<Writer> writers, List<Writer> gone)
    {
        foreach (var writer in writers)
        {
            await writer.Client.Settled(60);
        }
        for (var group = 0; group < Groups; group++)
        {
            // What a member who was never away for long has applied is what the channel holds, from its first revision on.
            var here = writers.Skip(group * (Members - 1)).Take(Members - 1).ToList();
            var last = here.Max(writer => writer.Client.Acknowledged.Max(message => message.Revision));
            foreach (var writer in here)
            {
                await Eventually.True(() => writer.Client.Position >= last, "everything has arrived", 30);
                Assert.Empty(writer.Client.Faults);
                Assert.Equal(here[0].Client.Applied, writer.Client.Applied);
            }
            var stored = here[0].Client.Applied;
            Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => (long)n), stored.Select(message => message.Revision));
            var ids = stored.ToDictionary(message => message.ClientMessageId, message => message);
            foreach (var one in here.Append(gone[group]).SelectMany(writer => writer.Client.Acknowledged))
            {
                Assert.Equal(one, ids[one.ClientMessageId]);
            }
            // Of those who stayed nothing is missing; of the one who left, only what was never acknowledged may be.
            Assert.Equal(here.Sum(writer => writer.Said), here.Sum(writer => writer.Client.Acknowledged.Count));
            Assert.InRange(stored.Count - here.Sum(writer => writer.Said), gone[group].Client.Acknowledged.Count, gone[group].Client.Acknowledged.Count + 1);
        }
        using var http = new HttpClient { BaseAddress = hub.Url };
        await Eventually.True(async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode, "the hub is ready after all this");
        Assert.Equal(Groups, channels.Length);
    }

    /// <summary>Somebody who always has a few more messages to say.</summary>
    private sealed class Writer : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _writing;

        public Writer(ResumingClient client)
        {
            Client = client;
            _writing = Write();
        }

        public ResumingClient Client { get; }

        public int Said { get; private set; }

        public async Task Stop()
        {
            await _stop.CancelAsync();
            await _writing;
        }

        public async ValueTask DisposeAsync()
        {
            await Stop();
            await Client.DisposeAsync();
        }

        private async Task Write()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!_stop.IsCancellationRequested)
            {
                while (Client.Pending.Count < 20)
                {
                    Client.Say($"said {++Said}");
                }
                await timer.WaitForNextTickAsync();
            }
        }
    }
}
