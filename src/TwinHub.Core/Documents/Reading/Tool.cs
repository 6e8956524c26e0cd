using System.ComponentModel;
using System.Diagnostics;

namespace TwinHub.Core.Documents.Reading;

/// <summary>Programs of poppler-utils, run by the reading process under its own limits. Where they are not installed nothing is made.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly Lock Gate = new();
    private static Process? _running;

    /// <returns>What it said; null where it is not installed, failed, or took too long.</returns>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
            process.ErrorDataReceived += (_, _) => { };
            lock (Gate)
            {
                process.Start();
                _running = process;
            }
            process.StandardInput.Close();
            process.BeginErrorReadLine();
            return Wait(process);
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            lock (Gate)
            {
                _running = null;
            }
        }
    }

    /// <summary>Ends what runs: nobody waits for it any more.</summary>
    public static void Stop()
    {
        lock (Gate)
        {
            _running?.Kill();
        }
    }

    private static string? Wait(Process process)
    {
        var said = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            process.WaitForExit();
            return null;
        }
        return process.ExitCode == 0 ? said.Result : null;
    }
}
