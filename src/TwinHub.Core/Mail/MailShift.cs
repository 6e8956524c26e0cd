namespace TwinHub.Core.Mail;

/// <summary>
/// The workers of one sweep. Who finds nothing due rests and looks again each second as long as a colleague is still sending,
/// so that one slow server answer does not hold up the mails that come meanwhile.
/// </summary>
public sealed class MailShift(int workers, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _busy;

    /// <summary>Runs all workers to the end.</summary>
    /// <param name="work">Works off what is due; false: there is no point in looking again.</param>
    public Task Run(Func<Task<bool>> work, CancellationToken cancel)
    {
        _busy = workers;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Work(work, cancel)));
    }

    private async Task Work(Func<Task<bool>> work, CancellationToken cancel)
    {
        while (await OneRound(work) && !cancel.IsCancellationRequested && !await IsOver())
        {
            Interlocked.Increment(ref _busy);
        }
    }

    private async Task<bool> OneRound(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        finally
        {
            if (Interlocked.Decrement(ref _busy) == 0)
            {
                _over.TrySetResult();
            }
        }
    }

    private async Task<bool> IsOver()
    {
        using var enough = new CancellationTokenSource();
        var over = await Task.WhenAny(_over.Task, Task.Delay(Rest, time, enough.Token)) == _over.Task;
        await enough.CancelAsync();
        return over;
    }
}
