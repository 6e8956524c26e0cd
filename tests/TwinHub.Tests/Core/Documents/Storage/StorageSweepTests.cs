using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Storage;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Storage;

public sealed class StorageSweepTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Group = People.TheirGroup;

    private TestHub Hub => fixture.Hub;

    private string Store => Hub.App.Services.GetRequiredService<DocumentOptions>().Path;

    [Fact]
    public async Task What_nobody_needs_goes_after_its_time_and_everything_else_stays()
    {
        using var rana = await Hub.Browser(People.Rana);
        using var selin = await Hub.Browser(People.Selin);
        var kept = await rana.Document(Group, "Kept.txt", "kept"u8.ToArray());
        await rana.Version(Group, kept, "Kept.txt", "kept, second"u8.ToArray());
        var binned = await rana.Document(Group, "Binned.txt", "binned"u8.ToArray());
        var twin = await selin.Document(Group, "Same bytes as binned.txt", "binned"u8.ToArray());
        await Hub.Execute("update documents set deleted_at = now() - interval '90 days 1 hour', deleted_by = created_by where id = $1", binned);
        var unfinished = await rana.Arrived(Group, "Unfinished.txt", "unfinished"u8.ToArray());
        Stray(Path.Combine(Store, "parts", Guid.NewGuid().ToString("N")));
        var orphan = Enumerable.Repeat((byte)7, 32).ToArray();
        Stray(Place(orphan));
        await Hub.Execute("insert into file_contents (hash, size, type, next_reading_at, created_at) values ($1, 1, 'text/plain', now(), now())", orphan);

        Assert.Equal(1, await Sweep());
        Assert.Equal(3 + 1, Files("contents"));
        Assert.Equal(2, Files("parts"));
        Assert.False(await Hub.Db(db => db.Documents.AnyAsync(d => d.Id == binned)));
        Assert.Equal("kept".Length + "kept, second".Length + "binned".Length, await Hub.Db(db => db.GroupStorage.Select(s => s.Bytes).SingleAsync()));

        Hub.Time.Offset += StorageSweep.Grace + TimeSpan.FromHours(1);
        await Sweep();
        Assert.Equal(3, Files("contents"));
        Assert.Equal(0, Files("parts"));
        Assert.Equal(3, await Hub.Db(db => db.FileContents.CountAsync()));
        Assert.Equal(0, await Sweep());
        using var again = await Hub.Browser(People.Rana);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await again.Tus(HttpMethod.Head, unfinished, null)).StatusCode);
        Assert.Equal("binned", await again.Text($"/documents/{twin}/versions/1/content"));
        Assert.Equal("kept", await again.Text($"/documents/{kept}/versions/1/content"));
    }

    [Fact]
    public async Task Bytes_that_are_being_kept_at_this_moment_are_not_taken_away()
    {
        await using var hub = await TestHub.Start(fixture.Postgres);
        using var rana = await hub.Browser(People.Rana);
        // Bytes without a row, old; somebody sends the same ones while the sweep runs again and again.
        var sweep = hub.App.Services.GetRequiredService<StorageSweep>();
        hub.Time.Offset += StorageSweep.Grace + TimeSpan.FromHours(1);
        using var stop = new CancellationTokenSource();
        var sweeping = Again(sweep, stop.Token);
        for (var i = 0; i < 15; i++)
        {
            // The hub's clock runs a day ahead of the disk's: every file looks old to the sweep the moment it is there.
            // What is still on its way is protected by its time alone, and so may be swept away here; then it is sent once more.
            var address = (await rana.Announce(Group, "Raced.txt", 2)).Headers.Location!.ToString();
            using var sent = await rana.Piece(address, 0, new ByteArrayContent([(byte)i, 65]));
            using var answer = await rana.Become(address, "document", new { group = Group });
            if (answer.IsSuccessStatusCode)
            {
                var id = (await answer.Json()).GetProperty("id").GetGuid();
                Assert.Equal([(byte)i, 65], await rana.GetByteArrayAsync($"/documents/{id}/versions/1/content", TestContext.Current.CancellationToken));
            }
        }
        await stop.CancelAsync();
        await sweeping;
        Assert.NotEqual(0, await hub.Db(db => db.Documents.CountAsync()));
        Assert.All(await hub.Db(db => db.DocumentVersions.Select(v => v.Hash).ToListAsync()), hash => Assert.True(File.Exists(Path.Combine(hub.App.Services.GetRequiredService<DocumentOptions>().Path, "contents", ContentHash.Name(hash)[..2], ContentHash.Name(hash)))));
    }

    private static async Task Again(StorageSweep sweep, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            await sweep.Run(CancellationToken.None);
        }
    }

    private Task<int> Sweep() => Hub.App.Services.GetRequiredService<StorageSweep>().Run(TestContext.Current.CancellationToken);

    private int Files(string folder) => Directory.EnumerateFiles(Path.Combine(Store, folder), "*", SearchOption.AllDirectories).Count();

    private string Place(byte[] hash) => Path.Combine(Store, "contents", ContentHash.Name(hash)[..2], ContentHash.Name(hash));

    private static void Stray(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
    }
}
