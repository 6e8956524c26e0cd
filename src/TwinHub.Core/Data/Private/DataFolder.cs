#pragma warning disable CA1416 // the private PostgreSQL is for Linux alone: PrivatePostgres.Start refuses every other system

namespace TwinHub.Core.Data.Private;

/// <summary>TwinHub's data directory and the places in it that belong to the private PostgreSQL.</summary>
/// <param name="Path">The directory, absolute, without symbolic links.</param>
internal sealed record DataFolder(string Path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode MayPass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What belongs to the server's user: cluster, log and, where its path is short enough, the socket.</summary>
    public string Server => System.IO.Path.Join(Path, "postgres");

    /// <summary>The cluster's directory.</summary>
    public string Cluster => System.IO.Path.Join(Server, "cluster");

    /// <summary>What the server says.</summary>
    public string Log => System.IO.Path.Join(Server, "server.log");

    /// <summary>Held alone while somebody starts or stops the server.</summary>
    public string StartLock => System.IO.Path.Join(Path, "postgres.start.lock");

    /// <summary>Held together by all who use the server.</summary>
    public string UseLock => System.IO.Path.Join(Path, "postgres.use.lock");

    /// <summary>Makes the directory where it is absent and answers its real path.</summary>
    /// <exception cref="PrivatePostgresException">It cannot be made or written to.</exception>
    public static string Prepare(string dataDirectory)
    {
        // pg_ctl hands its paths to a shell between double quotes, where these still mean something.
        if (dataDirectory.AsSpan().ContainsAny("\"$`\\\n"))
            throw new PrivatePostgresException(
                $"The data directory {dataDirectory} has a character in its name that PostgreSQL's programs cannot take (\" $ ` \\ or a line break); choose another with --data.");
        try
        {
            var path = Real(System.IO.Path.GetFullPath(dataDirectory));
            if (!Directory.Exists(path))
                Directory.CreateDirectory(path, OwnerOnly);
            if (Environment.IsPrivilegedProcess)
                LetTheServerPass(path);
            TryToWrite(path);
            return path;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            var reason = refused is UnauthorizedAccessException ? "access is denied" : refused.Message.TrimEnd('.');
            throw new PrivatePostgresException(
                $"TwinHub cannot write to its data directory {dataDirectory} ({reason}); make it writable for {Environment.UserName} or choose another with --data.");
        }
    }

    // The server's user must be able to pass through, not to look round; a folder full of other things stays as it is.
    private static void LetTheServerPass(string path)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & UnixFileMode.OtherExecute) == 0 && IsOurs(path))
            File.SetUnixFileMode(path, mode | MayPass);
    }

    private static bool IsOurs(string path) =>
        !Directory.EnumerateFileSystemEntries(path).Any() || Directory.EnumerateFiles(path, "*.lock").Any();

    // A file of its own: even a glance at one of the locks could make a leaving process believe that others stay.
    private static void TryToWrite(string path) =>
        new FileStream(System.IO.Path.Join(path, $".write-{Guid.NewGuid():N}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.DeleteOnClose,
        }).Dispose();

    // /proc answers real paths; comparing with them needs ours to be real too.
    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = System.IO.Path.Join(real, part);
            real = new FileInfo(next).LinkTarget is { } target ? Real(System.IO.Path.GetFullPath(target, real)) : next;
        }
        return real;
    }
}
