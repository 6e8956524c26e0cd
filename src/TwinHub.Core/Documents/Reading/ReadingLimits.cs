namespace TwinHub.Core.Documents.Reading;

/// <summary>What the process that reads files may use, the programs it starts included, each for itself (setrlimit).</summary>
/// <param name="Memory">Bytes of memory it may write to.</param>
/// <param name="Idle">How long it waits for another file.</param>
public sealed record ReadingLimits(long Memory, TimeSpan Idle)
{
    public static readonly ReadingLimits Usual = new(800L * 1024 * 1024, TimeSpan.FromMinutes(1));

    /// <summary>Bytes of one file it may write.</summary>
    public const long MostWritten = 128L * 1024 * 1024;

    /// <summary>Files it may have open.</summary>
    public const int OpenFiles = 256;

    /// <summary>Bytes of objects: parsing keeps little, pictures and PDF lie outside of the managed heap.</summary>
    public const long Heap = 200L * 1024 * 1024;
}

/// <summary>The reading process died of a file, or took too long with it.</summary>
public sealed class ReadingFailedException(string message) : Exception(message);
