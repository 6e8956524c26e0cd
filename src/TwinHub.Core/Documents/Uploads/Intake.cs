using System.Security.Cryptography;
using TwinHub.Core.Documents.Storage;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>
/// Takes a file that has wholly arrived into the store: what it is, whether it may be here, without what a picture says of its
/// place, looked at by the virus scanner, by its checksum. No row is written: that is for who knows what it becomes.
/// </summary>
public sealed class Intake(IDocumentStore store, VirusScanner scanner)
{
    /// <param name="part">A file of this machine; it stays.</param>
    /// <param name="name">As it was sent, clean.</param>
    /// <returns>What lies in the store now; or why it may not.</returns>
    public async Task<Outcome<StoredFile>> Take(string part, string name, CancellationToken cancel)
    {
        if (FileTypes.IsProgramName(name))
        {
            return Refusal.Invalid("file", "documents.program");
        }
        var type = await TypeOf(part, name, cancel);
        if ((Fault(part, name, type) ?? await scanner.Look(part, cancel)) is { } refusal)
        {
            return refusal;
        }
        if (!FileTypes.IsPicture(type))
        {
            return await Keep(part, name, type, cancel);
        }
        var clean = part + ".clean";
        try
        {
            return await Task.Run(() => Clean(part, clean, type), cancel) ? await Keep(clean, name, type, cancel) : Refusal.Invalid("file", "documents.broken-picture");
        }
        catch (IOException fault) when (StoreFullException.Is(fault))
        {
            throw new StoreFullException(fault);
        }
        finally
        {
            File.Delete(clean);
        }
    }

    private static Refusal? Fault(string part, string name, string type) =>
        new FileInfo(part).Length == 0 ? Refusal.Invalid("file", "documents.empty-file")
        : type == FileTypes.Program ? Refusal.Invalid("file", "documents.program")
        // It keeps the place where it was taken, and most readers could not see it.
        : type == FileTypes.Heif ? Refusal.Invalid("file", "documents.heif")
        : !FileTypes.Fits(name, type) ? Refusal.Invalid("file", "documents.other-content") : null;

    private static async Task<string> TypeOf(string part, string name, CancellationToken cancel)
    {
        await using var content = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read);
        return await FileTypes.Of(content, name, cancel);
    }

    private static bool Clean(string part, string clean, string type)
    {
        using var from = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var to = new FileStream(clean, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024);
        return PictureMetadata.Strip(type, from, to);
    }

    private async Task<Outcome<StoredFile>> Keep(string file, string name, string type, CancellationToken cancel)
    {
        byte[] hash;
        long size;
        await using (var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan))
        {
            (hash, size) = (await SHA256.HashDataAsync(content, cancel), content.Length);
        }
        await store.Put(file, hash, cancel);
        return new StoredFile(hash, size, type, name);
    }
}
