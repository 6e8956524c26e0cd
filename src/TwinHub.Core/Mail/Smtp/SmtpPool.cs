namespace TwinHub.Core.Mail.Smtp;

/// <summary>Connections without work, kept open for the next mail: the one used last goes first, so that the others can close.</summary>
public sealed class SmtpPool : IAsyncDisposable
{
    /// <summary>After so many mails a connection is closed: servers count, too.</summary>
    private const int MaxMails = 100;

    /// <summary>A connection that rested longer is asked whether it still lives.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<(SmtpConnection Connection, DateTimeOffset Since)> _idle = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _idleTimeout;
    private readonly TimeProvider _time;
    private readonly Task _closing;

    public SmtpPool(TimeSpan idleTimeout, TimeProvider time)
    {
        (_idleTimeout, _time) = (idleTimeout, time);
        _closing = CloseIdle();
    }

    /// <summary>A connection that has carried mails before and still seems to live, or null.</summary>
    public async Task<SmtpConnection?> Take(CancellationToken cancel)
    {
        while (Newest() is { } found)
        {
            var rested = _time.GetUtcNow() - found.Since > Fresh;
            if (!found.Connection.IsDead && (!rested || await found.Connection.Answers(cancel)))
            {
                return found.Connection;
            }
            await found.Connection.DisposeAsync();
        }
        return null;
    }

    /// <summary>Keeps a connection for the next mail, or closes one that has done enough.</summary>
    public async Task Return(SmtpConnection connection)
    {
        if (connection.IsSpent || connection.Mails >= MaxMails || _stop.IsCancellationRequested)
        {
            // A farewell has its own short limit; it does not hang on the mail's.
            await connection.Quit(CancellationToken.None);
            return;
        }
        lock (_lock)
        {
            _idle.Add((connection, _time.GetUtcNow()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _closing;
        await Task.WhenAll(Remove(DateTimeOffset.MaxValue).Select(connection => connection.Quit(CancellationToken.None)));
        _stop.Dispose();
    }

    private (SmtpConnection Connection, DateTimeOffset Since)? Newest()
    {
        lock (_lock)
        {
            if (_idle.Count == 0)
            {
                return null;
            }
            var newest = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return newest;
        }
    }

    private async Task CloseIdle()
    {
        using var timer = new PeriodicTimer(_idleTimeout / 4, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await Task.WhenAll(Remove(_time.GetUtcNow() - _idleTimeout).Select(connection => connection.Quit(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops; what is left is closed by DisposeAsync.
        }
    }

    private List<SmtpConnection> Remove(DateTimeOffset idleSince)
    {
        lock (_lock)
        {
            var old = _idle.Where(idle => idle.Since <= idleSince).Select(idle => idle.Connection).ToList();
            _idle.RemoveAll(idle => idle.Since <= idleSince);
            return old;
        }
    }
}
