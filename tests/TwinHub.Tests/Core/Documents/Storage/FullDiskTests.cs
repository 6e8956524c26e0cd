using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Storage;

/// <summary>A disk that is really full: a small file system in memory, where the machine allows to mount one.</summary>
public sealed class FullDiskTests(TestPostgres postgres) : IAsyncLifetime
{
    private const string Group = People.TheirGroup;
    private const int Mebibyte = 1024 * 1024;

    private readonly string _disk = Directory.CreateTempSubdirectory("twinhub-disk-").FullName;
    private bool _mounted;

    public async ValueTask InitializeAsync() => _mounted = await Ran("mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", _disk);

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
        {
            await Ran("umount", _disk);
        }
        Directory.Delete(_disk, recursive: true);
    }

    [Fact]
    public async Task It_is_said_clearly_and_nothing_is_left_of_the_file()
    {
        Assert.SkipUnless(_mounted, "This machine does not let a test mount a file system.");
        await using var hub = await TestHub.Start(postgres, $"--Documents:Path={_disk}");
        using var rana = await hub.Browser(People.Rana);
        // What cannot fit is refused before anything is sent.
        await (await rana.Announce(Group, "Too large for the disk.bin", 60 * Mebibyte)).Problem(503, "unavailable");
        var address = (await rana.Announce(Group, "Video.bin", 10 * Mebibyte)).Headers.Location!.ToString();
        await Fill(leave: 4 * Mebibyte);
        var problem = await (await rana.Piece(address, 0, new StreamContent(new PatternStream(1, 10 * Mebibyte)))).Problem(503, "unavailable");
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.Empty(Files());

        // Room to arrive, but none for the copy without its metadata.
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2, .. new byte[3 * Mebibyte], 0xFF, 0xD9];
        File.Delete(Path.Combine(_disk, "filling"));
        var arrived = await rana.Arrived(Group, "Photo.jpg", picture);
        await Fill(leave: Mebibyte);
        await (await rana.Become(arrived, "document", new { group = Group })).Problem(503, "unavailable");
        Assert.Single(Files());
        Assert.Equal(0, await hub.Db(db => db.Documents.CountAsync()));

        // With room again the same upload is taken in as if nothing had been.
        File.Delete(Path.Combine(_disk, "filling"));
        Assert.True((await rana.Become(arrived, "document", new { group = Group })).IsSuccessStatusCode);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_disk, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "filling")];

    private async Task Fill(long leave)
    {
        await using var filling = File.Create(Path.Combine(_disk, "filling"));
        var free = new DriveInfo(_disk).AvailableFreeSpace - leave;
        await new PatternStream(2, free).CopyToAsync(filling, TestContext.Current.CancellationToken);
    }

    private static async Task<bool> Ran(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        await process!.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
