using System.IO.Compression;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Reading;

/// <summary>What an archive says it holds, counted before anything is unpacked (ASVS 5.2.3).</summary>
internal static class ArchiveBounds
{
    public const int MostEntries = 5_000;
    public const long MostBytes = 200L * 1024 * 1024;
    public const int MostRatio = 200;

    /// <summary>Below this a high ratio is no harm: a part of equal letters.</summary>
    private const long Harmless = 1024 * 1024;

    /// <returns>Why it is not read; null: it may be.</returns>
    public static string? Fault(Stream content)
    {
        if (FileTypes.TableOf(content) > FileTypes.MostTable)
        {
            return "table";
        }
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var entries = archive.Entries;
        return entries.Count > MostEntries ? "entries"
            : entries.Sum(entry => (decimal)entry.Length) > MostBytes ? "bytes"
            : entries.Any(entry => entry.Length > Harmless && entry.Length / MostRatio > entry.CompressedLength) ? "ratio" : null;
    }
}
