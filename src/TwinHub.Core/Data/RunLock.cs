using System.Globalization;
using TwinHub.Core.Data.Private;

namespace TwinHub.Core.Data;

/// <summary>The right to <c>run</c> on a data directory: one process has it, the kernel takes it back when that process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileLock held;
    private readonly string folder;

    private RunLock(FileLock held, string folder) => (this.held, this.folder) = (held, folder);

    /// <summary>Takes the lock, or answers null when another process has it.</summary>
    /// <exception cref="PrivatePostgresException">The data directory cannot be made or written to.</exception>
    public static RunLock? TryTake(string dataDirectory)
    {
        var folder = DataFolder.Prepare(dataDirectory);
        var held = FileLock.TryExclusive(Path.Join(folder, "run.lock"));
        if (held is null)
            return null;
        // The pid stands in a file of its own: the locked one cannot be opened by whoever is refused.
        File.WriteAllText(PidFile(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new RunLock(held, folder);
    }

    /// <summary>The sentence for whoever was refused; it names the holder's process id where that is known.</summary>
    public static string Refusal(string dataDirectory) =>
        Holder(dataDirectory) is { } pid
            ? $"TwinHub is already running on {dataDirectory} (process {pid}); stop it first, or choose another folder with --data."
            : $"TwinHub is already running on {dataDirectory}; stop it first, or choose another folder with --data.";

    /// <summary>Writes down where the holder serves, for the commands that print links to it.</summary>
    public void ServesAt(string url) => File.WriteAllText(UrlFile(folder), url);

    /// <summary>Where the hub of a data directory serves, or served last; null when it never did.</summary>
    public static string? ServedAt(string dataDirectory) =>
        UrlFile(dataDirectory) is var file && File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } url ? url : null;

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => held.Dispose();

    private static int? Holder(string dataDirectory)
    {
        var file = PidFile(DataFolder.Prepare(dataDirectory));
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    private static string UrlFile(string folder) => Path.Join(folder, "run.url");

    private static string PidFile(string folder) => Path.Join(folder, "run.pid");
}
