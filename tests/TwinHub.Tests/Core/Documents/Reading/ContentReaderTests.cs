using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Reading;

/// <summary>Files read by the process apart from the hub, and what becomes of that process.</summary>
public sealed class ContentReaderTests : IAsyncLifetime
{
    private static readonly ReadingLimits Tight = new(180L * 1024 * 1024, TimeSpan.FromMinutes(1));

    private readonly DocumentOptions _options = new() { Path = Directory.CreateTempSubdirectory("twinhub-test-reading-").FullName };
    private ContentReader _reader = null!;
    private DiskStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[], string> Readable => new()
    {
        { FileTypes.Word, ReadableFiles.Word("Stratégie de la ville", "مذكرة مفاهيمية"), "Stratégie de la ville\nمذكرة مفاهيمية" },
        { FileTypes.Excel, ReadableFiles.Excel("Kalaycılar", "12 stalls"), "Budget\nKalaycılar\n12 stalls\ninline" },
        { FileTypes.PowerPoint, ReadableFiles.PowerPoint("One", "Two"), "One\nTwo" },
        { FileTypes.Pdf, HostileFiles.Pdf("<</S/Named/N/NextPage>>"), "LED strategy of Tripoli" },
        { FileTypes.Text, ReadableFiles.Utf8("a\u0007b\r\n\r\n\r\n\r\nc\0d"), "ab\n\ncd" },
        { FileTypes.Csv, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("سوق;12")], "سوق;12" },
    };

    public ValueTask InitializeAsync()
    {
        _store = new DiskStore(_options);
        _reader = Reader(ReadingLimits.Usual);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        Directory.Delete(_options.Path, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task The_words_of_a_file_are_read(string type, byte[] bytes, string text) =>
        Assert.Equal(text, (await Read(type, bytes)).Text?.Trim());

    [Fact]
    public async Task Slides_and_pages_are_counted()
    {
        Assert.Equal(2, (await Read(FileTypes.PowerPoint, ReadableFiles.PowerPoint("One", "Two"))).Pages);
        Assert.Equal(1, (await Read(FileTypes.Pdf, HostileFiles.Pdf("<</S/Named/N/NextPage>>"))).Pages);
    }

    [Fact]
    public async Task A_picture_is_made_small_upright_and_anew()
    {
        var read = await Read(FileTypes.Jpeg, ReadableFiles.Photo(2000, 1200, orientation: 6));

        Assert.Equal((1200, 2000), (read.Width, read.Height));
        Assert.Equal([(ContentPreview.Large, 960, 1600), (ContentPreview.Small, 288, 480)], read.Previews.Select(one => (one.Size, one.Width, one.Height)));
        Assert.True(read.Previews[1].Bytes.Length <= 25 * 1024, $"{read.Previews[1].Bytes.Length} bytes");
        using var small = SKBitmap.Decode(read.Previews[1].Bytes);
        // Turned a quarter to the right, the left half is above.
        Assert.True(small.GetPixel(144, 60).Red > 150 && small.GetPixel(144, 420).Blue > 150);
        Assert.Equal("WEBP", Encoding.ASCII.GetString(read.Previews[0].Bytes, 8, 4));
    }

    [Fact]
    public async Task A_small_picture_stays_as_small_as_it_is() =>
        Assert.Equal([(40, 30), (40, 30)], (await Read(FileTypes.Png, HostileFiles.Png(40, 30, new byte[3600]))).Previews.Select(one => (one.Width, one.Height)));

    [Fact]
    public async Task The_first_page_of_a_pdf_is_a_picture() =>
        Assert.Equal([(1600, 1200), (480, 360)], (await Read(FileTypes.Pdf, HostileFiles.Pdf("<</S/Named/N/NextPage>>"))).Previews.Select(one => (one.Width, one.Height)));

    [Fact]
    public async Task Pages_drawn_anew_keep_their_words_and_nothing_that_acts()
    {
        foreach (var file in HostileFiles.All.Where(one => one.Name is "script.pdf" or "launch.pdf" or "uri.pdf" or "remote.pdf" or "submit.pdf"))
        {
            var drawn = new MemoryStream();
            await using (var made = await _reader.Rewrite(await Keep(file.Bytes), Cancel))
            {
                await made!.CopyToAsync(drawn, Cancel);
            }
            var read = await Read(FileTypes.Pdf, drawn.ToArray());
            // The distances between letters are those of another font where the document brings none.
            Assert.Equal("LEDstrategyofTripoli", read.Text?.Trim().Replace(" ", "", StringComparison.Ordinal));
            var raw = Encoding.Latin1.GetString(drawn.ToArray());
            Assert.All(["/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/URI", "/GoToR", "/SubmitForm", "/Annot"], name => Assert.DoesNotContain(name, raw, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Hostile_files_end_in_time_and_the_next_one_is_read()
    {
        foreach (var file in HostileFiles.All)
        {
            var type = await FileTypes.Of(new MemoryStream(file.Bytes), file.Name, Cancel);
            var begun = Stopwatch.GetTimestamp();
            var read = await Try(_reader, type, file.Bytes);
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), $"{file.Name} took {Stopwatch.GetElapsedTime(begun)}");
            Assert.True((read?.Text?.Length ?? 0) <= 400_000 && (read?.Previews.Count ?? 0) <= 2, file.Name);
            Assert.DoesNotContain("root:", read?.Text ?? "", StringComparison.Ordinal);
        }
        Assert.Equal("still here", (await Read(FileTypes.Text, "still here"u8.ToArray())).Text);
    }

    [Theory]
    [InlineData("bomb.docx")]
    [InlineData("crowd.docx")]
    [InlineData("entity.docx")]
    [InlineData("laughs.xlsx")]
    [InlineData("bomb.png")]
    [InlineData("large.jpg")]
    [InlineData("endless.png")]
    public async Task What_would_burst_is_refused_before_it_is_unpacked(string name)
    {
        var file = HostileFiles.All.Single(one => one.Name == name);
        var read = await Read(await FileTypes.Of(new MemoryStream(file.Bytes), file.Name, Cancel), file.Bytes);
        Assert.False(read.IsReadable);
        Assert.True(read.Text is null && read.Previews.Count == 0);
    }

    [Fact]
    public async Task One_process_reads_many_files()
    {
        await Read(FileTypes.Text, "first"u8.ToArray());
        var process = Assert.Single(_reader.Processes);
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal($"file {i}", (await Read(FileTypes.Text, ReadableFiles.Utf8($"file {i}"))).Text);
        }
        Assert.Equal(process, Assert.Single(_reader.Processes));
    }

    [Fact]
    public async Task Who_takes_too_long_is_killed_and_the_next_file_has_another_process()
    {
        var hash = await Keep(ReadableFiles.Photo(1600, 1600));
        await Read(FileTypes.Text, "first"u8.ToArray());
        _options.ReadingPatience = TimeSpan.FromMilliseconds(1);
        var slow = Assert.Single(_reader.Processes);
        await Assert.ThrowsAsync<ReadingFailedException>(() => _reader.Read(hash, FileTypes.Jpeg, null, Cancel));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(slow));
        _options.ReadingPatience = TimeSpan.FromSeconds(30);
        Assert.Equal(2, (await _reader.Read(hash, FileTypes.Jpeg, null, Cancel)).Previews.Count);
    }

    [Fact]
    public async Task Who_needs_too_much_memory_gets_none_and_the_next_file_is_read()
    {
        await using var tight = Reader(Tight);
        var large = HostileFiles.Png(7000, 7000, null);
        var read = await Try(tight, FileTypes.Png, large);
        Assert.True(read is null || read.Previews.Count == 0);
        Assert.Equal("after", (await tight.Read(await Keep("after"u8.ToArray()), FileTypes.Text, null, Cancel)).Text);
        Assert.Equal(2, (await Read(FileTypes.Png, large)).Previews.Count);
    }

    [Fact]
    public async Task An_idle_process_ends_and_its_folder_goes()
    {
        await using var brief = Reader(ReadingLimits.Usual with { Idle = TimeSpan.FromMilliseconds(50) });
        await brief.Read(await Keep("once"u8.ToArray()), FileTypes.Text, null, Cancel);
        await Eventually.True(() => brief.Processes.Count == 0, "the idle process has ended");
    }

    [Fact]
    public async Task A_process_whose_hub_is_gone_ends_with_its_folder()
    {
        var folder = Directory.CreateTempSubdirectory("twinhub-test-orphan-").FullName;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TwinHub.Web.dll"), "read-files"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["TWINHUB_READING_FOLDER"] = folder },
        })!;
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(15), Cancel);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_reader_that_ends_leaves_no_process()
    {
        var reader = Reader(ReadingLimits.Usual);
        await reader.Read(await Keep("once"u8.ToArray()), FileTypes.Text, null, Cancel);
        var process = Assert.Single(reader.Processes);
        await reader.DisposeAsync();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
    }

    private ContentReader Reader(ReadingLimits limits) => new(_store, _options, limits, NullLogger<ContentReader>.Instance);

    private async Task<ReadContent> Read(string type, byte[] bytes) => await _reader.Read(await Keep(bytes), type, null, Cancel);

    private async Task<ReadContent?> Try(ContentReader reader, string type, byte[] bytes)
    {
        try
        {
            return await reader.Read(await Keep(bytes), type, null, Cancel);
        }
        catch (ReadingFailedException)
        {
            return null;
        }
    }

    private async Task<byte[]> Keep(byte[] bytes)
    {
        var (file, hash) = (Path.Combine(_options.Path, "part"), SHA256.HashData(bytes));
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        await _store.Put(file, hash, Cancel);
        File.Delete(file);
        return hash;
    }
}
