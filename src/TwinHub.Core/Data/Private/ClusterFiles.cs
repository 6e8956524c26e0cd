namespace TwinHub.Core.Data.Private;

/// <summary>The cluster on disk: its creation, whole or not at all, and its three configuration files.</summary>
internal sealed class ClusterFiles(DataFolder data, ServerAccount account, PostgresBinaries binaries, SocketFolder socket)
{
    /// <summary>What the server calls itself in its processes' titles.</summary>
    public string Title => $"twinhub-{SocketFolder.Mark(data.Path)}";

    /// <summary>Creates the cluster where it is absent and brings the configuration up to date.</summary>
    /// <exception cref="PrivatePostgresException">No room, no access, or initdb failed.</exception>
    public async Task Prepare(long requiredFreeBytes, CancellationToken cancel)
    {
        if (!Directory.Exists(data.Cluster))
            await Create(requiredFreeBytes, cancel);
        await Write("postgresql.conf", PostgresConfiguration.Settings(socket.Path, Title), cancel);
        await Write("pg_hba.conf", PostgresConfiguration.Access, cancel);
        await Write("pg_ident.conf", PostgresConfiguration.Identities(account.Name), cancel);
    }

    /// <summary>Checks that the server's user can reach the data directory.</summary>
    /// <exception cref="PrivatePostgresException">It cannot; the sentence names the first closed folder.</exception>
    public async Task CheckReach(CancellationToken cancel)
    {
        if (!account.Switches)
            return;
        var parts = data.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var folders = parts.Select((_, last) => "/" + string.Join('/', parts[..(last + 1)]));
        var check = account.Command(["sh", "-c", "for folder; do [ -x \"$folder\" ] || { printf %s \"$folder\"; exit 1; }; done", "sh", .. folders]);
        if (await check.Run(cancel) is { Succeeded: false } closed)
            throw new PrivatePostgresException(
                $"The user {account.Name}, as whom the database runs, cannot enter {closed.Output}; choose a folder that others may pass through with --data, for example --data /var/lib/twinhub.");
    }

    private async Task Create(long requiredFreeBytes, CancellationToken cancel)
    {
        if (new DriveInfo(data.Path).AvailableFreeSpace is var free && free < requiredFreeBytes)
            throw new PrivatePostgresException(
                $"The disk of {data.Path} is too full for a database ({free >> 20} MB free, {requiredFreeBytes >> 20} MB needed); make room there or choose another folder with --data.");
        await Must(account.MakeFolder(data.Server), cancel);
        // Built under another name, flushed, then renamed: a power cut leaves a whole cluster or none. One flush of the
        // file system is half a second quicker than initdb's flush of every file.
        var half = data.Cluster + ".new";
        await Must(account.Command("rm", "-rf", "--", half), cancel);
        await Must(account.Command(
            binaries["initdb"], "-D", half, "-U", "twinhub", "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"), cancel);
        await Must(account.Command("sync", "-f", half), cancel);
        await Must(account.Command("mv", "-T", "--", half, data.Cluster), cancel);
    }

    // Written by the server's user: root does not write where another user could have put a link.
    private async Task Write(string name, string text, CancellationToken cancel)
    {
        var path = Path.Join(data.Cluster, name);
        if (File.Exists(path) && await File.ReadAllTextAsync(path, cancel) == text)
            return;
        var write = account.Command("sh", "-ec", "cat > \"$1.new\"; mv -T -- \"$1.new\" \"$1\"", "sh", path) with { Input = text };
        await Must(write, cancel);
    }

    private async Task Must(Command command, CancellationToken cancel)
    {
        if (await command.Run(cancel) is { Succeeded: false } failed)
            throw new PrivatePostgresException(new ServerLog(data.Log).Explain(failed.Output, data.Server));
    }
}
