using System.Diagnostics;

namespace TwinHub.Core.Data.Private;

/// <summary>A small shell that outlives this process just long enough to stop the server when this process is killed and nobody else uses it.</summary>
internal sealed class Watchdog : IAsyncDisposable
{
    // Reads its pipe: a line is a farewell, the end without one means that the owner died. It keeps none of the owner's files open.
    // The short wait for the use lock lets the kernel finish closing the dead owner's files.
    private const string Script = """
        exec >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&-
        if read -r farewell; then exit 0; fi
        start=$1; use=$2; shift 2
        exec 8>>"$start" 9>>"$use"
        flock -w 5 8 || exit 1
        flock -w 0.2 9 || exit 0
        exec "$@"
        """;

    private readonly Process shell;

    private Watchdog(Process shell) => this.shell = shell;

    /// <summary>Starts the shell.</summary>
    /// <param name="data">Whose locks it takes.</param>
    /// <param name="stop">What it runs when nobody uses the server any more.</param>
    public static Watchdog Start(DataFolder data, Command stop) =>
        new(Command.Start(new Command(["sh", "-c", Script, "sh", data.StartLock, data.UseLock, .. stop.Arguments]).Describe()));

    /// <summary>Leaves the server to the shell, as if this process had been killed.</summary>
    public void Abandon()
    {
        shell.StandardInput.Close();
        shell.Dispose();
    }

    /// <summary>Says farewell and waits until the shell has gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await shell.StandardInput.WriteAsync("farewell\n");
            shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // Somebody ended the shell; the farewell has nobody left to reach, and that is all it was for.
        }
        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}
