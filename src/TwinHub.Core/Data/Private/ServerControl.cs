using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TwinHub.Core.Data.Private;

/// <summary>Starts and stops the server of one data directory. Whoever calls <see cref="Run"/> or <see cref="Stop"/> holds the start lock.</summary>
internal sealed class ServerControl(DataFolder data, ServerAccount account, PostgresBinaries binaries, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ServerLog log = new(data.Log);

    public PostgresBinaries Binaries => binaries;

    public SocketFolder Socket { get; } = SocketFolder.For(data, account);

    /// <summary>The command that stops the server, ending open transactions and writing a last checkpoint; does nothing when it does not run.</summary>
    /// <remarks>pg_ctl believes the pid file: it would wait for a dead but unburied server and would signal a stranger who has its number.</remarks>
    public Command FastStop => account.Command(
        "sh", "-c", "pid=$(head -n 1 \"$1/postmaster.pid\") && [ \"$(readlink \"/proc/$pid/cwd\")\" = \"$1\" ] || exit 0; shift; exec \"$@\"",
        "sh", data.Cluster, binaries["pg_ctl"], "-s", "-D", data.Cluster, "stop", "-m", "fast", "-w", "-t", "60");

    private ClusterFiles Files => new(data, account, binaries, Socket);

    private ClusterProcesses Processes => new(data.Cluster, Files.Title);

    /// <summary>Whether the server is alive; cheap enough for every second.</summary>
    public bool Runs() => Processes.ServerRuns();

    /// <summary>Creates what is missing and starts the server unless it runs.</summary>
    /// <returns>Whether it had to be started.</returns>
    /// <exception cref="PrivatePostgresException">It could not be started.</exception>
    public async Task<bool> Run(long requiredFreeBytes, CancellationToken cancel)
    {
        if (Runs())
            return false;
        var began = Stopwatch.GetTimestamp();
        await Files.CheckReach(cancel);
        await Files.Prepare(requiredFreeBytes, cancel);
        await Socket.Prepare(account, cancel);
        await ClearRemains(cancel);
        await Launch(cancel);
        logger.LogInformation("Private PostgreSQL {Major} started in {Milliseconds} ms", binaries.Major, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return true;
    }

    /// <summary>Stops the server if it runs, the hard way if it does not listen.</summary>
    public async Task Stop()
    {
        if (Runs())
            await StopRunning();
        Socket.Remove();
    }

    /// <summary>Turns the log over when it has grown past its limit.</summary>
    public async Task LimitLog(CancellationToken cancel)
    {
        if (log.IsFull && await log.TurnOver(account).Run(cancel) is { Succeeded: false } failed)
            logger.LogWarning("The private PostgreSQL's log could not be turned over: {Reason}", failed.Output.Trim());
    }

    private async Task StopRunning()
    {
        if (await FastStop.Run(CancellationToken.None) is { Succeeded: false } failed)
        {
            logger.LogWarning("Private PostgreSQL did not stop by itself and is killed: {Reason}", failed.Output.Trim());
            Processes.KillAll();
        }
        logger.LogInformation("Private PostgreSQL stopped");
    }

    // After kill -9 of the postmaster its children leave by themselves, busy ones a little later; PostgreSQL refuses to start
    // before, and refuses as well when the pid in its old file now belongs to somebody else.
    private async Task ClearRemains(CancellationToken cancel)
    {
        if (!await AllGone(cancel))
        {
            Processes.KillAll();
            if (!await AllGone(cancel))
                throw new PrivatePostgresException($"Old PostgreSQL processes ({string.Join(", ", Processes.All())}) still hold {data.Cluster}; end them and start again.");
        }
        if (Processes.HasPidFile())
        {
            logger.LogInformation("Private PostgreSQL had not been stopped properly; removing its old pid file and recovering");
            Processes.RemovePidFile();
        }
        Socket.RemoveRemains();
    }

    private async Task<bool> AllGone(CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (Processes.All().Count > 0)
        {
            if (deadline.IsCancellationRequested)
                return false;
            await Task.Delay(Pause, cancel);
        }
        return true;
    }

    private async Task Launch(CancellationToken cancel)
    {
        await LimitLog(cancel);
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var position = log.End;
            // Recovery after a crash may take its time; pg_ctl comes back as soon as the server is ready or has failed.
            var result = await account.Command(binaries["pg_ctl"], "-s", "-D", data.Cluster, "start", "-w", "-t", "600", "-l", data.Log).Run(cancel);
            if (result.Succeeded)
                return;
            var said = result.Output + await log.Since(position, cancel);
            if (!ServerLog.IsHeldByTheDead(said) || deadline.IsCancellationRequested)
                throw new PrivatePostgresException(log.Explain(DiskIsFull() ? "No space left on device" : said, data.Cluster));
            await Task.Delay(Pause, cancel);
        }
    }

    // On a full disk the server cannot even write down why it failed.
    private bool DiskIsFull() => new DriveInfo(data.Path).AvailableFreeSpace < 1024 * 1024;
}
