using System.Security.Cryptography;
using System.Text;

#pragma warning disable CA1416 // the private PostgreSQL is for Linux alone: PrivatePostgres.Start refuses every other system

namespace TwinHub.Core.Data.Private;

/// <summary>Where the server's Unix socket stands: beside the cluster, or in a short folder when the kernel's limit forbids that.</summary>
/// <param name="Path">The folder, to be named as Host.</param>
/// <param name="IsShort">Whether it is the substitute, which has to be made before every start and removed after.</param>
internal sealed record SocketFolder(string Path, bool IsShort)
{
    private const string SocketName = ".s.PGSQL.5432"; // the number is a name only: there is no port
    private const int MaximumBytes = 107; // sun_path is 108 bytes with its closing zero (unix(7))
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Eight letters that stand for a path.</summary>
    public static string Mark(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8];

    /// <summary>The folder for this data directory.</summary>
    public static SocketFolder For(DataFolder data, ServerAccount account) =>
        Fits(data.Server) ? new SocketFolder(data.Server, false) : new SocketFolder(System.IO.Path.Join(Base(account), $"twinhub-{Mark(data.Path)}"), true);

    /// <summary>Makes the substitute, owned by the server's user and closed to all others.</summary>
    /// <exception cref="PrivatePostgresException">Somebody else has put something in its place.</exception>
    public async Task Prepare(ServerAccount account, CancellationToken cancel)
    {
        if (!IsShort)
            return;
        if (account.Switches)
            await account.MakeFolder(Path).Run(cancel);
        else
            PrepareAmongOthers();
    }

    /// <summary>Removes the socket and its lock file, which a killed server leaves; its pid may by now be somebody else's.</summary>
    public void RemoveRemains()
    {
        if (!Directory.Exists(Path))
            return;
        File.Delete(System.IO.Path.Join(Path, SocketName));
        File.Delete(System.IO.Path.Join(Path, SocketName + ".lock"));
    }

    /// <summary>Clears up after a server that has ended: its remains, and the substitute folder when nothing else stands in it.</summary>
    public void Remove()
    {
        RemoveRemains();
        if (IsShort && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    // A comma separates hosts and folders, a quote ends a string in postgresql.conf: only plain characters stay where they are.
    private static bool Fits(string folder) =>
        Encoding.UTF8.GetByteCount(folder) + 1 + SocketName.Length <= MaximumBytes
        && folder.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+');

    // Root must not follow what others can put into /tmp; only root writes to /run.
    private static string Base(ServerAccount account) => account.Switches ? "/run" : "/tmp";

    private void PrepareAmongOthers()
    {
        Directory.CreateDirectory(Path, OwnerOnly);
        try
        {
            // Only its owner may set a folder's mode, and /tmp lets nobody else replace it afterwards.
            if (new DirectoryInfo(Path).LinkTarget is not null)
                throw new UnauthorizedAccessException("it is a link");
            File.SetUnixFileMode(Path, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            throw new PrivatePostgresException($"The folder {Path} for the database's socket belongs to somebody else; remove it or choose a shorter --data.");
        }
    }
}
