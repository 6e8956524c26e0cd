using System.Text;
using Microsoft.Extensions.Logging;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Reading;

/// <summary>
/// Lets other processes read what people have sent: a file that kills or hangs its reader harms nothing but its own preview. Three
/// lanes, so that who waits for a picture never waits behind a file that hangs.
/// </summary>
public sealed class ContentReader(IDocumentStore store, DocumentOptions options, ReadingLimits limits, ILogger<ContentReader> logger) : IAsyncDisposable
{
    /// <summary>Bytes a picture, PDF or Office file may have to be read.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    /// <summary>Bytes of a text that are read.</summary>
    private const int MostText = 4 * 1024 * 1024;

    private readonly ReadingLane _later = new(limits), _now = new(limits), _shown = new(limits);

    /// <summary>The processes at work in this moment.</summary>
    public IReadOnlyList<int> Processes => [.. new[] { _later, _now, _shown }.Select(lane => lane.ProcessId).OfType<int>()];

    /// <summary>Reads one file of the store.</summary>
    /// <param name="patience">How long it may take; null: as configured, without hurry.</param>
    /// <exception cref="ReadingFailedException">The reader died of it or took too long.</exception>
    /// <exception cref="IOException">The bytes are not there, or not what they were.</exception>
    public async Task<ReadContent> Read(byte[] hash, string type, TimeSpan? patience, CancellationToken cancel)
    {
        if (!IsRead(type))
        {
            return new ReadContent(true);
        }
        return await (patience is null ? _later : _now).Do(async (process, folder) =>
        {
            var file = Path.Combine(folder, ReadNames.Content);
            if (!await Copy(hash, type, file, cancel))
            {
                return new ReadContent(true);
            }
            var answer = await process.Ask(new(file, type, folder, false), patience ?? options.ReadingPatience, cancel);
            if (answer.Fault is { } fault)
            {
                logger.LogInformation("Nothing is made of {Hash} ({Type}): {Fault}", ContentHash.Name(hash), type, fault);
            }
            return await Collect(answer, folder, cancel);
        }, cancel);
    }

    /// <summary>A PDF drawn anew, without anything that acts; a file that is gone when it is closed. Null: it cannot be.</summary>
    public Task<Stream?> Rewrite(byte[] hash, CancellationToken cancel) => _shown.Do<Stream?>(async (process, folder) =>
    {
        var file = Path.Combine(folder, ReadNames.Content);
        var answer = await Copy(hash, FileTypes.Pdf, file, cancel) ? await process.Ask(new(file, FileTypes.Pdf, folder, true), options.ReadingPatience, cancel) : null;
        // Opened before the folder is emptied: on this system an open file lives on.
        return answer is { Fault: null } && Made(folder, ReadNames.Rewritten) is { } made ? new FileStream(made, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous) : null;
    }, cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in new[] { _later, _now, _shown })
        {
            await lane.DisposeAsync();
        }
    }

    private static bool IsRead(string type) =>
        FileTypes.IsPicture(type) || IsText(type) || type is FileTypes.Pdf or FileTypes.Word or FileTypes.Excel or FileTypes.PowerPoint;

    private static bool IsText(string type) => type is FileTypes.Text or FileTypes.Markdown or FileTypes.Csv;

    /// <summary>The reader gets a copy: the store may lie elsewhere, and nothing in it is given out of hand.</summary>
    /// <returns>False: it is too large to be read.</returns>
    private async Task<bool> Copy(byte[] hash, string type, string file, CancellationToken cancel)
    {
        await using var from = await store.Open(hash, cancel);
        if (from.Length > MostBytes && !IsText(type))
        {
            return false;
        }
        await using var to = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var (piece, left) = (new byte[128 * 1024], IsText(type) ? MostText : MostBytes);
        while (left > 0 && await from.ReadAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, left)), cancel) is > 0 and var read)
        {
            await to.WriteAsync(piece.AsMemory(0, read), cancel);
            left -= read;
        }
        return true;
    }

    private static async Task<ReadContent> Collect(ReadAnswer answer, string folder, CancellationToken cancel)
    {
        var text = Made(folder, ReadNames.Text) is { } kept ? await File.ReadAllTextAsync(kept, Encoding.UTF8, cancel) : null;
        var previews = new List<ReadPreview>();
        foreach (var picture in answer.Previews ?? [])
        {
            if (picture is { Size: ContentPreview.Small or ContentPreview.Large, Width: > 0, Height: > 0 } && Made(folder, ReadNames.Preview(picture.Size)) is { } made)
            {
                previews.Add(new(picture.Size, picture.Width, picture.Height, await File.ReadAllBytesAsync(made, cancel)));
            }
        }
        return new ReadContent(answer.Fault is null, answer.Width, answer.Height, answer.Pages, text?[..Math.Min(text.Length, KeptText.Most)]) { Previews = previews };
    }

    /// <summary>A file that was made; none where a link lies in its place.</summary>
    private static string? Made(string folder, string name) => new FileInfo(Path.Combine(folder, name)) is { Exists: true, LinkTarget: null } file ? file.FullName : null;
}
