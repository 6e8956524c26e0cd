using Microsoft.Extensions.Logging;

namespace TwinHub.Core.Mail.Smtp;

/// <summary>
/// Hands mails to a mail server (RFC 6409), byte for byte as they stand in the outbox. The framework's client makes the MIME
/// anew at every attempt, so it cannot repeat a mail after a crash.
/// </summary>
public sealed class SmtpTransport(MailOptions options, TimeProvider time, ILogger<SmtpTransport> logger) : IMailTransport, IAsyncDisposable
{
    /// <summary>After a refused sign-in or certificate: knocking on without pause locks accounts.</summary>
    private static readonly TimeSpan SettingPause = TimeSpan.FromMinutes(5);

    private readonly SmtpPool _pool = new(options.IdleTimeout, time);
    private readonly SemaphoreSlim _slots = new(options.Connections);
    private Hold? _hold;

    public int Connections => options.Connections;

    public async Task<Delivery> Send(OutgoingMail mail, CancellationToken cancel)
    {
        if (_hold is { } hold && time.GetUtcNow() < hold.Until)
        {
            return new("away", hold.Why);
        }
        await _slots.WaitAsync(cancel);
        try
        {
            return await OnKeptConnection(mail, cancel) ?? await OnNewConnection(mail, cancel);
        }
        catch (SmtpFault fault)
        {
            return Away(fault);
        }
        finally
        {
            _slots.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _slots.Dispose();
    }

    /// <returns>Null: there is none, or it died before anything of the mail had left.</returns>
    private async Task<Delivery?> OnKeptConnection(OutgoingMail mail, CancellationToken cancel)
    {
        if (await _pool.Take(cancel) is not { } kept)
        {
            return null;
        }
        try
        {
            return await SendOn(kept, mail, cancel);
        }
        catch (SmtpFault fault) when (kept.Phase == SmtpPhase.Envelope)
        {
            logger.LogDebug("A kept connection to the mail server was gone: {Fault}", fault.Trouble);
            return null;
        }
    }

    private async Task<Delivery> OnNewConnection(OutgoingMail mail, CancellationToken cancel)
    {
        var connection = await SmtpConnection.Open(options, cancel);
        try
        {
            return await SendOn(connection, mail, cancel);
        }
        catch (SmtpFault fault) when (fault.Trouble != SmtpTrouble.Setting)
        {
            return new("later", fault.Message);
        }
    }

    /// <exception cref="SmtpFault">Nothing of the mail has arrived, and the connection is gone.</exception>
    private async Task<Delivery> SendOn(SmtpConnection connection, OutgoingMail mail, CancellationToken cancel)
    {
        Delivery delivery;
        try
        {
            delivery = await connection.Send(mail, cancel);
        }
        catch (Exception fault) when (fault is SmtpFault or OperationCanceledException)
        {
            await connection.DisposeAsync();
            if (connection.Phase == SmtpPhase.Envelope)
            {
                throw;
            }
            return new("later", connection.Phase == SmtpPhase.InDoubt
                ? $"The mail was sent whole and no answer came, so it goes again and may arrive twice: {fault.Message}" : fault.Message);
        }
        await _pool.Return(connection);
        return delivery;
    }

    private Delivery Away(SmtpFault fault)
    {
        if (fault.Trouble == SmtpTrouble.Setting)
        {
            logger.LogError("No mail leaves: {Fault}. Next try in {Minutes} minutes", fault.Message, SettingPause.TotalMinutes);
            _hold = new(time.GetUtcNow() + SettingPause, fault.Message);
        }
        else
        {
            logger.LogWarning("The mail server takes no mail now: {Fault}", fault.Message);
        }
        return new("away", fault.Message);
    }

    private sealed record Hold(DateTimeOffset Until, string Why);
}
