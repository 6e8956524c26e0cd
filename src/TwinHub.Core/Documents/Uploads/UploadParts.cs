using System.Buffers;
using TwinHub.Core.Documents.Storage;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>The files in which uploads arrive, <c>parts/{id}</c> beside the store. How far one has come is the length of its file.</summary>
public sealed class UploadParts(DocumentOptions options)
{
    private const int Piece = 128 * 1024;

    private string Root => Path.Combine(options.Path, "parts");

    public string FileOf(Guid upload) => Path.Combine(Root, upload.ToString("N"));

    public void Begin(Guid upload)
    {
        Directory.CreateDirectory(Root);
        using var file = new FileStream(FileOf(upload), FileMode.CreateNew);
    }

    /// <summary>Bytes that have arrived; null: there is no such file.</summary>
    public long? Length(Guid upload) => new FileInfo(FileOf(upload)) is { Exists: true } file ? file.Length : null;

    /// <summary>
    /// Adds what comes to what is there. When the line is cut, everything that came stays. One writer at a time.
    /// </summary>
    /// <returns>How far it has come; <c>conflict</c> where somebody else writes or the offset is another, <c>too_long</c> where more comes than was announced.</returns>
    /// <exception cref="StoreFullException">There is no room; what had arrived was removed.</exception>
    public async Task<Outcome<long>> Append(Guid upload, long offset, long size, Stream body, CancellationToken cancel)
    {
        try
        {
            await using var part = new FileStream(FileOf(upload), FileMode.Open, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            if (part.Length != offset)
            {
                return new Refusal(RefusalCode.Conflict, "documents.upload.elsewhere", "Upload-Offset");
            }
            part.Position = offset;
            return await Copy(body, part, size, cancel);
        }
        catch (FileNotFoundException)
        {
            return Refusal.NotFound;
        }
        catch (IOException fault) when (StoreFullException.Is(fault))
        {
            Remove(upload);
            throw new StoreFullException(fault);
        }
        catch (IOException fault) when (fault is not LineCutException && File.Exists(FileOf(upload)))
        {
            // Another request of the same upload still writes, as one does whose line fell silent.
            return new Refusal(RefusalCode.Conflict, "documents.upload.elsewhere", "Upload-Offset");
        }
    }

    /// <summary>Bytes left on the disk.</summary>
    public long FreeSpace()
    {
        Directory.CreateDirectory(Root);
        return new DriveInfo(Root).AvailableFreeSpace;
    }

    public void Remove(Guid upload)
    {
        if (Directory.Exists(Root))
        {
            File.Delete(FileOf(upload));
        }
    }

    /// <summary>All files that are there, and since when nothing was added.</summary>
    public IEnumerable<(string File, Guid? Upload, DateTimeOffset Since)> List() => !Directory.Exists(Root) ? [] :
        new DirectoryInfo(Root).EnumerateFiles().Select(file => (file.FullName, Guid.TryParseExact(file.Name, "N", out var id) ? (Guid?)id : null, (DateTimeOffset)file.LastWriteTimeUtc));

    private static async Task<Outcome<long>> Copy(Stream body, FileStream part, long size, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await Next(body, buffer, cancel) is > 0 and var read)
            {
                if (part.Position + read > size)
                {
                    return new Refusal(RefusalCode.TooLong, "documents.upload.longer", "Upload-Length");
                }
                // Not given up when the line is cut: what has come is kept.
                await part.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
            return part.Position;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> Next(Stream body, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(buffer.AsMemory(0, Piece), cancel);
        }
        catch (IOException cut)
        {
            throw new LineCutException(cut);
        }
    }
}

/// <summary>The sender has gone in the middle of a file.</summary>
public sealed class LineCutException(Exception cause) : IOException("The line was cut.", cause);
