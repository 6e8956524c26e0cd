using System.Runtime.InteropServices;

namespace TwinHub.Core.Documents.Storage;

/// <summary>What .NET does not offer of the file system: a second name for a file, and a folder whose entries are on the disk.</summary>
internal static partial class DurableFile
{
    /// <summary>Gives a file a second name; false where that cannot be (another file system, or none that knows links).</summary>
    public static bool Link(string file, string name) => link(file, name) == 0 || File.Exists(name);

    /// <summary>Waits until a file's bytes are on the disk.</summary>
    public static void Flush(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Waits until a folder's entries are on the disk: without it a power cut may forget the name of a file.</summary>
    public static void FlushFolder(string folder)
    {
        var handle = open(folder, 0);
        if (handle < 0)
        {
            return;
        }
        _ = fsync(handle);
        _ = close(handle);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string from, string to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int fsync(int handle);

    [LibraryImport("libc")]
    private static partial int close(int handle);
}
