using System.Diagnostics;

namespace TwinHub.Core.Data.Private;

/// <summary>How a program ended and what it said, both channels in one text.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>A program to run with cwd <c>/</c>, a bare environment and a session of its own, so that Ctrl-C in the terminal does not reach it.</summary>
internal sealed record Command(params IReadOnlyList<string> Arguments)
{
    /// <summary>What the program reads from its standard input; nothing unless told.</summary>
    public string Input { get; init; } = "";

    /// <summary>Runs the program to its end; cancellation kills it and whatever it started.</summary>
    /// <exception cref="PrivatePostgresException">The program is not installed.</exception>
    public async Task<CommandResult> Run(CancellationToken cancel)
    {
        using var process = Start();
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(cancel);
            var complained = process.StandardError.ReadToEndAsync(cancel);
            await Feed(process, cancel);
            await process.WaitForExitAsync(cancel);
            return new CommandResult(process.ExitCode, await said + await complained);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The process to start; output is not redirected unless the caller says so.</summary>
    public ProcessStartInfo Describe()
    {
        var start = new ProcessStartInfo("setsid", Arguments) { WorkingDirectory = "/", RedirectStandardInput = true };
        // No secret of the application reaches the server's user, no PGDATA reaches the server, and all messages are English.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private Process Start()
    {
        var start = Describe();
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return Start(start);
    }

    /// <summary>Starts what <see cref="Describe"/> described.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new PrivatePostgresException("The program setsid is missing; install it with `apt-get install util-linux`.");
        }
    }

    private async Task Feed(Process process, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.WriteAsync(Input.AsMemory(), cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says whether that was a failure.
        }
    }
}
