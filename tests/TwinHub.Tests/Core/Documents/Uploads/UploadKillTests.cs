using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Documents.Storage;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Uploads;

/// <summary>Large files over bad lines, <c>kill -9</c> and a full disk: what was taken in is whole, what was not is nowhere.</summary>
[Collection(Soak.Load)]
[Trait("soak", "upload")]
public sealed class UploadKillTests(TestPostgres postgres) : IAsyncLifetime
{
    private const string Group = People.TheirGroup;
    private const int Cuts = 5;
    private const long Mebibyte = 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("twinhub-uploads-").FullName;
    private string _database = null!;
    private HubProcess _hub = null!;

    private string Documents => Path.Combine(_folder, "documents");

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.Database(demo: true);
        _hub = await Run();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_large_file_cut_five_times_arrives_whole_and_the_hub_s_memory_stays_small()
    {
        var (size, choice) = (Soak.Of(200, 2048) * Mebibyte - 1, Soak.Seed());
        using var rana = await Browser();
        // The same way once before, with a small file: what is measured is the file, not the first run of the code.
        await Download(rana, await Whole(rana, "Warm-up.bin", 8 * Mebibyte, []));
        var idle = Memory();
        using var watch = new CancellationTokenSource();
        var most = Watch(watch.Token);
        var cuts = Enumerable.Range(0, Cuts).Select(_ => choice.NextInt64(size)).Order().ToArray();
        var id = await Whole(rana, "Survey.bin", size, cuts);
        Assert.Equal(SHA256.HashData(new PatternStream(1, size)), await Download(rana, id));
        await watch.CancelAsync();
        var peak = await most;
        TestContext.Current.TestOutputHelper?.WriteLine($"{size / Mebibyte} MB, {Cuts} cuts: {idle / Mebibyte} MB resident before, {peak / Mebibyte} MB at most");
        Assert.InRange(peak - idle, long.MinValue, 50 * Mebibyte);
    }

    [Fact]
    public async Task After_kills_every_document_has_its_bytes_and_the_sweep_leaves_nothing_else()
    {
        var (choice, count, kills) = (Soak.Seed(), Soak.Of(16, 300), Soak.Of(1, 12));
        var made = new List<Guid>();
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 4).Select(n => Task.Run(() => Send(n, count / 4, made))).ToArray();
        for (var kill = 1; kill <= kills; kill++)
        {
            var moment = count * kill / (kills + 1);
            await Eventually.True(() => Count(made) >= moment, "uploads are on their way", 60);
            await Task.Delay(choice.Next(30), stop.Token);
            await _hub.Kill();
            _hub = await Run();
        }
        await Task.WhenAll(senders).WaitAsync(TimeSpan.FromSeconds(Soak.Of(60, 600)), TestContext.Current.CancellationToken);
        await _hub.Kill();

        await using var desk = await TestHub.StartOn(postgres, _database, demo: true, $"--Documents:Path={Documents}", "--Jobs:Run=false");
        desk.Time.Offset += StorageSweep.Grace + TimeSpan.FromHours(1);
        await desk.App.Services.GetRequiredService<StorageSweep>().Run(TestContext.Current.CancellationToken);
        Assert.Equal(count, made.Distinct().Count());
        Assert.Equal(made.Order(), (await desk.Db(db => db.Documents.Where(d => d.Name.StartsWith("File ")).Select(d => d.Id).ToListAsync())).Order());
        var hashes = await desk.Db(db => db.DocumentVersions.Select(v => v.Hash).Distinct().ToListAsync());
        Assert.Equal(hashes.Select(ContentHash.Name).Order(), Directory.EnumerateFiles(Path.Combine(Documents, "contents"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Order());
        Assert.All(Directory.EnumerateFiles(Path.Combine(Documents, "contents"), "*", SearchOption.AllDirectories), file => Assert.Equal(Path.GetFileName(file), ContentHash.Name(SHA256.HashData(File.ReadAllBytes(file)))));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Documents, "parts")));
    }

    /// <summary>Sends files one after the other, patient as the pages' script: after any fault it asks how far the hub has come and goes on.</summary>
    private async Task Send(int sender, int count, List<Guid> made)
    {
        for (var i = 0; i < count; i++)
        {
            var (name, size) = ($"File {sender}-{i}.bin", 100_000L + 7_919 * i);
            string? address = null;
            Guid? id = null;
            while (id is null)
            {
                try
                {
                    using var browser = await Browser();
                    address ??= (await browser.Announce(Group, name, size)).EnsureSuccessStatusCode().Headers.Location!.ToString();
                    var offset = await browser.Offset(address);
                    if (offset < size)
                    {
                        (await browser.Piece(address, offset, new StreamContent(From(offset, size, seed: 10 + sender * 1_000 + i, long.MaxValue)))).EnsureSuccessStatusCode();
                    }
                    id = (await (await browser.Become(address, "document", new { group = Group })).EnsureSuccessStatusCode().Json()).GetProperty("id").GetGuid();
                }
                catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException or System.Net.Sockets.SocketException)
                {
                    await Task.Delay(100);
                }
            }
            lock (made)
            {
                made.Add(id.Value);
            }
        }
    }

    private static int Count(List<Guid> made)
    {
        lock (made)
        {
            return made.Count;
        }
    }

    /// <summary>Sends a file, the line cut at each of these places.</summary>
    private static async Task<Guid> Whole(HttpClient browser, string name, long size, IReadOnlyList<long> cuts)
    {
        var address = (await browser.Announce(Group, name, size)).Headers.Location!.ToString();
        foreach (var cut in cuts)
        {
            var before = await browser.Offset(address);
            await Assert.ThrowsAnyAsync<Exception>(() => browser.Piece(address, before, new StreamContent(From(before, size, 1, cut), 64 * 1024)));
            await Eventually.True(async () => await browser.Offset(address) is var now && now >= before && now <= cut, "the hub knows how far it has come");
        }
        // The cut request may still hold the file for a moment.
        await Eventually.True(async () =>
        {
            var offset = await browser.Offset(address);
            using var rest = await browser.Piece(address, offset, new StreamContent(From(offset, size, 1, long.MaxValue), 64 * 1024));
            return rest.StatusCode == HttpStatusCode.NoContent;
        }, "the rest arrives", Soak.Of(30, 300));
        using var made = await browser.Become(address, "document", new { group = Group });
        return (await made.EnsureSuccessStatusCode().Json()).GetProperty("id").GetGuid();
    }

    private static PatternStream From(long offset, long size, int seed, long cut) => new(seed, size, cut) { Position = offset };

    private static async Task<byte[]> Download(HttpClient browser, Guid id)
    {
        using var answer = await browser.GetAsync($"/documents/{id}/versions/1/content", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var content = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return await SHA256.HashDataAsync(content, TestContext.Current.CancellationToken);
    }

    private async Task<long> Watch(CancellationToken stop)
    {
        var most = Memory();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                most = Math.Max(most, Memory());
            }
        }
        catch (OperationCanceledException)
        {
            return most;
        }
        return most;
    }

    /// <summary>Bytes of the hub's process that are in memory.</summary>
    private long Memory() => long.Parse(File.ReadLines($"/proc/{_hub.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;

    private async Task<HttpClient> Browser()
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _hub.Url, Timeout = TimeSpan.FromMinutes(5) };
        (await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, "/demo/sign-in", new { email = People.Rana })).EnsureSuccessStatusCode();
        return client;
    }

    private Task<HubProcess> Run() => HubProcess.Run(Path.Combine(_folder, "hub"), "--demo", $"--ConnectionStrings:TwinHub={_database}", $"--Documents:Path={Documents}", "--Documents:ReadingPatience=00:00:05");
}
