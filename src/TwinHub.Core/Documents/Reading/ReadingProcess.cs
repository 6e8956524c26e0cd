using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TwinHub.Core.Documents.Reading;

/// <summary>
/// One process that reads files, as its parent sees it: bounded by <c>prlimit</c> where it is installed (util-linux), without the
/// hub's environment and secrets, in a folder of its own. It is worth nothing: whatever is odd about it ends it.
/// </summary>
internal sealed class ReadingProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TwinHub.Web.dll");
    private static readonly string? Limiter = new[] { "/usr/bin/prlimit", "/bin/prlimit" }.FirstOrDefault(File.Exists);

    private readonly Process _process;

    public ReadingProcess(ReadingLimits limits)
    {
        Folder = Directory.CreateTempSubdirectory("twinhub-reading-").FullName;
        _process = new Process { StartInfo = Start(limits) };
        _process.ErrorDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its own folder, gone with it.</summary>
    public string Folder { get; }

    public int Id => _process.Id;

    public bool IsAlive => !_process.HasExited;

    /// <exception cref="ReadingFailedException">It died, or the time was over; it is of no use any more.</exception>
    public async Task<ReadAnswer> Ask(ReadRequest request, TimeSpan patience, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(patience);
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, ReadJson.Default.ReadRequest).AsMemory(), deadline.Token);
            await _process.StandardInput.FlushAsync(deadline.Token);
            var line = await _process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new ReadingFailedException("It ended without an answer.");
            return JsonSerializer.Deserialize(line, ReadJson.Default.ReadAnswer) ?? throw new ReadingFailedException("It answered nothing.");
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            throw new ReadingFailedException(fault.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ReadingFailedException($"It took longer than {patience}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>With what it started: a program of poppler's may be what takes so long.</summary>
    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or AggregateException)
        {
            // It has ended by itself meanwhile.
        }
    }

    private ProcessStartInfo Start(ReadingLimits limits)
    {
        string[] command = [DotNet, Program, "read-files"];
        command = Limiter is null ? command
            : [Limiter, $"--data={limits.Memory}", $"--fsize={ReadingLimits.MostWritten}", $"--nofile={ReadingLimits.OpenFiles}", "--core=0", "--", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder, StandardInputEncoding = new UTF8Encoding(false),
        };
        var root = start.Environment.TryGetValue("DOTNET_ROOT", out var kept) ? kept : null;
        start.Environment.Clear();
        foreach (var (name, value) in Environment(root))
        {
            start.Environment[name] = value;
        }
        return start;
    }

    private IEnumerable<(string Name, string Value)> Environment(string? root) =>
    [
        ("PATH", "/usr/local/bin:/usr/bin:/bin"), ("HOME", Folder), ("TMPDIR", Folder), ("LANG", "C.UTF-8"), (FileReading.FolderVariable, Folder),
        ("DOTNET_GCHeapHardLimit", ReadingLimits.Heap.ToString("x", CultureInfo.InvariantCulture)), ("DOTNET_gcServer", "0"), ("DOTNET_gcConcurrent", "0"),
        ("DOTNET_EnableDiagnostics", "0"), ("DOTNET_TieredPGO", "0"), ("DOTNET_NOLOGO", "1"),
        .. root is null ? Array.Empty<(string, string)>() : [("DOTNET_ROOT", root)],
    ];

    private static string DotNet => Path.GetFileNameWithoutExtension(System.Environment.ProcessPath) == "dotnet" ? System.Environment.ProcessPath! : System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
