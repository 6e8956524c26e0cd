namespace TwinHub.Core.Documents.Reading;

/// <summary>One file after another, by one process that is started when it is needed, replaced after a failure and ended when idle.</summary>
internal sealed class ReadingLane(ReadingLimits limits) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private ReadingProcess? _process;
    private Timer? _idle;

    /// <summary>The process at work; null: none.</summary>
    public int? ProcessId => _process?.Id;

    /// <param name="work">Is given a process and an empty folder, which is gone afterwards.</param>
    /// <exception cref="ReadingFailedException">This process is done for; the next file gets another one.</exception>
    public async Task<T> Do<T>(Func<ReadingProcess, string, Task<T>> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_process is { IsAlive: false })
            {
                await End();
            }
            _process ??= new ReadingProcess(limits);
            var folder = Path.Combine(_process.Folder, Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            var done = await work(_process, folder);
            Directory.Delete(folder, recursive: true);
            return done;
        }
        catch
        {
            await End();
            throw;
        }
        finally
        {
            Rest();
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _idle?.Dispose();
        await End();
    }

    private void Rest()
    {
        _idle?.Dispose();
        _idle = _process is null ? null : new Timer(_ => _ = EndIdle(), null, limits.Idle, Timeout.InfiniteTimeSpan);
    }

    private async Task EndIdle()
    {
        // At work again: its end starts the wait anew.
        if (await _turn.WaitAsync(0))
        {
            try
            {
                await End();
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task End()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }
}
