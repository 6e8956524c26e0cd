using System.Diagnostics;
using System.Globalization;

namespace TwinHub.Core.Data.Private;

/// <summary>The running processes of one cluster, told from all others by what /proc says.</summary>
/// <param name="Cluster">The cluster's real path.</param>
/// <param name="Title">The server's cluster_name, which stands in its processes' titles.</param>
internal sealed record ClusterProcesses(string Cluster, string Title)
{
    private static readonly string[] ServerNames = ["postgres", "postmaster"];

    private string PidFile => Path.Join(Cluster, "postmaster.pid");

    /// <summary>Whether the server that the pid file names is alive and this cluster's. Costs three small reads and a readlink.</summary>
    public bool ServerRuns() => NamedPid() is { } pid && Owns(pid);

    /// <summary>Whether there is a pid file at all.</summary>
    public bool HasPidFile() => File.Exists(PidFile);

    /// <summary>Removes the pid file of a server that is gone.</summary>
    public void RemovePidFile() => File.Delete(PidFile);

    /// <summary>Every living server process of this cluster.</summary>
    public IReadOnlyList<int> All() =>
        [.. Directory.EnumerateDirectories("/proc").Select(folder => PidIn(Path.GetFileName(folder))).OfType<int>().Where(Owns)];

    /// <summary>Ends, the hard way, what <see cref="All"/> names; the write-ahead log makes up for it.</summary>
    public void KillAll()
    {
        foreach (var pid in All())
            Kill(pid);
    }

    private int? NamedPid()
    {
        try
        {
            return PidIn(File.ReadLines(PidFile).FirstOrDefault() ?? "");
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static int? PidIn(string text) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0 ? pid : null;

    private bool Owns(int pid)
    {
        // A dead process that nobody has buried still has a name, but no command line.
        if (!ServerNames.Contains(Read(pid, "comm").Trim()) || Read(pid, "cmdline") is not { Length: > 0 } title)
            return false;
        // Without the right to follow another user's link (root in a container), the title must do.
        return new FileInfo($"/proc/{pid}/cwd").LinkTarget is { } folder
            ? folder == Cluster
            : title.Contains(Cluster, StringComparison.Ordinal) || title.Contains(Title, StringComparison.Ordinal);
    }

    private static string Read(int pid, string what)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{what}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended while we looked, or is hidden from us: not ours either way
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended by itself in the meantime, which is what was wanted.
        }
    }
}
