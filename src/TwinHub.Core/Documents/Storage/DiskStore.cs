using System.Runtime.CompilerServices;

namespace TwinHub.Core.Documents.Storage;

/// <summary>
/// The store on a disk: <c>contents/ab/ab…</c>, a file each, outside of everything that is served. A file appears under its name
/// only when it is whole: it is linked from beside, or copied there first, and both file and folder are flushed.
/// </summary>
public sealed class DiskStore(DocumentOptions options) : IDocumentStore
{
    private string Root => Path.Combine(options.Path, "contents");

    public async Task Put(string file, byte[] hash, CancellationToken cancel)
    {
        var place = PlaceOf(hash);
        if (File.Exists(place))
        {
            // Young again: the sweep leaves alone what was just asked for.
            File.SetLastWriteTimeUtc(place, DateTime.UtcNow);
            return;
        }
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            DurableFile.Flush(file);
            if (!DurableFile.Link(file, place))
            {
                await Copy(file, place, cancel);
            }
            DurableFile.FlushFolder(Path.GetDirectoryName(place)!);
        }
        catch (IOException fault) when (StoreFullException.Is(fault))
        {
            throw new StoreFullException(fault);
        }
    }

    public Task<bool> Has(byte[] hash, CancellationToken cancel) => Task.FromResult(File.Exists(PlaceOf(hash)));

    public Task<Stream> Open(byte[] hash, CancellationToken cancel) =>
        Task.FromResult<Stream>(new VerifiedStream(new FileStream(PlaceOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan), hash));

    public Task Delete(byte[] hash, CancellationToken cancel)
    {
        File.Delete(PlaceOf(hash));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<(byte[] Hash, DateTimeOffset Since)> List([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(Root))
        {
            yield break;
        }
        foreach (var file in new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            if (ContentHash.Parse(file.Name) is { } hash)
            {
                yield return (hash, file.LastWriteTimeUtc);
            }
            else if (file.Name.EndsWith(Unfinished, StringComparison.Ordinal) && file.LastWriteTimeUtc < DateTime.UtcNow.AddDays(-1))
            {
                // A copy that was cut short by the end of the process.
                file.Delete();
            }
        }
    }

    private const string Unfinished = ".copy";

    private string PlaceOf(byte[] hash) => ContentHash.Name(hash) is var name ? Path.Combine(Root, name[..2], name) : "";

    /// <summary>Where two file systems are involved no link can be made.</summary>
    private static async Task Copy(string file, string place, CancellationToken cancel)
    {
        var beside = $"{place}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            await using (var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous))
            await using (var to = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                await from.CopyToAsync(to, cancel);
                to.Flush(flushToDisk: true);
            }
            File.Move(beside, place, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
