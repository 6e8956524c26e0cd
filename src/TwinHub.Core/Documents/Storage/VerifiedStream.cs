using System.Security.Cryptography;

namespace TwinHub.Core.Documents.Storage;

/// <summary>
/// Counts the checksum of what is read. Whoever reads from the beginning to the end gets an error in place of the last bytes
/// when the content has changed on the disk, and so never a damaged file that looks whole. A reading that jumps is not judged.
/// </summary>
public sealed class VerifiedStream(Stream inner, byte[] hash) : Stream
{
    private readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _counted;

    public override bool CanRead => true;
    public override bool CanSeek => inner.CanSeek;
    public override bool CanWrite => false;
    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var at = inner.Position;
        var read = inner.Read(buffer);
        Count(at, buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var at = inner.Position;
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Count(at, buffer.Span[..read]);
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _sum.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Count(long at, ReadOnlySpan<byte> bytes)
    {
        if (at != _counted || bytes.Length == 0)
        {
            return;
        }
        _sum.AppendData(bytes);
        _counted += bytes.Length;
        if (_counted == inner.Length && !_sum.GetCurrentHash().AsSpan().SequenceEqual(hash))
        {
            throw new DamagedContentException(hash);
        }
    }
}
