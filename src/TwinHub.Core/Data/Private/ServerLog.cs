namespace TwinHub.Core.Data.Private;

/// <summary>The server's log file: what it said since a point in time, and what that means for the person at the terminal.</summary>
internal sealed record ServerLog(string Path)
{
    private const long MaximumBytes = 16 * 1024 * 1024;

    /// <summary>Whether the file has passed 16 MB and wants to be turned over.</summary>
    public bool IsFull => new FileInfo(Path) is { Exists: true, Length: > MaximumBytes };

    /// <summary>Where the next line will stand.</summary>
    public long End => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Keeps one old copy and empties the file; the server goes on appending to it.</summary>
    /// <remarks>Run as the server's user: root does not write where another user could have put a link.</remarks>
    public Command TurnOver(ServerAccount account) =>
        account.Command("sh", "-ec", "cp -- \"$1\" \"$1.1\"; : > \"$1\"", "sh", Path);

    /// <summary>What was said after <paramref name="position"/>, at most the last 64 KB.</summary>
    public async Task<string> Since(long position, CancellationToken cancel)
    {
        if (!File.Exists(Path))
            return "";
        await using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = Math.Clamp(stream.Length - 64 * 1024, Math.Min(position, stream.Length), stream.Length);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancel);
    }

    /// <summary>Whether the server only has to wait for the last children of a killed predecessor.</summary>
    public static bool IsHeldByTheDead(string said) =>
        said.Contains("pre-existing shared memory block", StringComparison.Ordinal);

    /// <summary>One sentence for a server or initdb that failed with these words.</summary>
    public string Explain(string said, string cluster)
    {
        if (said.Contains("No space left on device", StringComparison.Ordinal))
            return $"The disk is full, so PostgreSQL cannot run in {cluster}; make room there or choose another folder with --data.";
        if (said.Contains("wrong ownership", StringComparison.Ordinal))
            return $"The database in {cluster} belongs to another user; run TwinHub as the user who created it or choose another folder with --data.";
        if (said.Contains("Permission denied", StringComparison.Ordinal))
            return $"PostgreSQL is not allowed into {cluster} ({LastComplaint(said)}); correct the permissions or choose another folder with --data.";
        if (said.Contains("postmaster.pid\" already exists", StringComparison.Ordinal) || IsHeldByTheDead(said))
            return $"Another PostgreSQL still holds {cluster} ({LastComplaint(said)}); end that process and start again.";
        return $"PostgreSQL did not start: {LastComplaint(said)}; its log is {Path}.";
    }

    // The server's gravest line, else a program's error, else the last thing said that is not pg_ctl's advice to read the log.
    private static string LastComplaint(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var worst = lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(line => line.Contains("error:", StringComparison.Ordinal) || line.StartsWith("postgres:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(line => !line.StartsWith("Examine", StringComparison.Ordinal))
            ?? "it gave no reason";
        return worst[(worst.LastIndexOf(":  ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..].TrimEnd('.');
    }
}
