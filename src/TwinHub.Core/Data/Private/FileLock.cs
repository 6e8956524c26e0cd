#pragma warning disable CA1416 // the private PostgreSQL is for Linux alone: PrivatePostgres.Start refuses every other system

namespace TwinHub.Core.Data.Private;

/// <summary>A lock on a file (flock): shared or exclusive, released by the kernel when the process ends. The file itself stays.</summary>
internal sealed class FileLock : IDisposable
{
    private const int WouldBlock = 11; // EWOULDBLOCK on Linux: somebody else holds the lock
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock alone, or answers null when anybody else has it.</summary>
    public static FileLock? TryExclusive(string path) => TryOpen(path, FileShare.None);

    /// <summary>Takes the lock together with others, or answers null when somebody has it alone.</summary>
    public static FileLock? TryShared(string path) => TryOpen(path, FileShare.ReadWrite);

    /// <summary>Waits for the lock alone, at most <paramref name="patience"/>; null when that was not enough.</summary>
    public static async Task<FileLock?> Exclusive(string path, TimeSpan patience, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (!deadline.IsCancellationRequested)
        {
            if (TryExclusive(path) is { } held)
                return held;
            // flock offers no asynchronous wait; the pause costs a start at most 20 ms.
            await Task.Delay(Pause, cancel);
        }
        return null;
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => stream.Dispose();

    // FileShare.None is LOCK_EX to the runtime, every other sharing LOCK_SH, both without waiting.
    private static FileLock? TryOpen(string path, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = share,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }));
        }
        catch (IOException refused) when (refused.HResult == WouldBlock)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new PrivatePostgresException($"The file {path} belongs to another user; run TwinHub as the user who made it or choose another folder with --data.");
        }
    }
}
