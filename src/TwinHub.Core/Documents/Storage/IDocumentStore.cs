namespace TwinHub.Core.Documents.Storage;

/// <summary>
/// Where bytes lie, by their SHA-256: written once, never changed. A disk today; a Microsoft 365 drive may stand behind the same
/// few verbs. Who may read what is decided before anybody asks the store.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Keeps the bytes of a file of this machine; durable when it returns. The file stays where it is; keeping the same twice keeps it once.</summary>
    /// <exception cref="StoreFullException">There is no room; nothing was left behind.</exception>
    Task Put(string file, byte[] hash, CancellationToken cancel);

    Task<bool> Has(byte[] hash, CancellationToken cancel);

    /// <summary>The bytes, from their beginning, seekable. Who reads them through to the end is told of a damage.</summary>
    /// <exception cref="FileNotFoundException">They are not there.</exception>
    /// <exception cref="DamagedContentException">At the end of a reading from the beginning: the bytes are not those that were kept.</exception>
    Task<Stream> Open(byte[] hash, CancellationToken cancel);

    Task Delete(byte[] hash, CancellationToken cancel);

    /// <summary>Everything that is there, and since when.</summary>
    IAsyncEnumerable<(byte[] Hash, DateTimeOffset Since)> List(CancellationToken cancel);
}

/// <summary>The disk, or what is allowed of it, is full.</summary>
public sealed class StoreFullException(Exception cause) : IOException("There is no room for this file.", cause)
{
    private const int TooBig = 27, NoSpace = 28, OverQuota = 122;

    /// <summary>Whether a fault of the file system says that there is no room (errno EFBIG, ENOSPC, EDQUOT).</summary>
    public static bool Is(IOException fault) => fault is StoreFullException || (fault.HResult & 0xFFFF) is TooBig or NoSpace or OverQuota;
}

/// <summary>Stored bytes have changed: their checksum is another one.</summary>
public sealed class DamagedContentException(byte[] hash) : IOException($"The stored content {ContentHash.Name(hash)} is damaged.");
