using Npgsql;

namespace TwinHub.Core.Mail;

/// <summary>Takes a mail away. Success means it is durably with the next one; a refusal says whether to try again.</summary>
public interface IMailTransport
{
    /// <summary>How many mails it takes at once.</summary>
    int Connections { get; }

    Task<Delivery> Send(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>A claimed mail: the same bytes at every attempt.</summary>
/// <param name="Sender">The envelope's sender, who gets the bounces; empty: nobody does (RFC 5321, 4.5.5).</param>
public sealed record OutgoingMail(Guid Id, string MessageId, string Sender, string Recipient, string? Reason, byte[] Content, int Attempts);

/// <summary>What became of an attempt.</summary>
/// <param name="State">
/// <c>sent</c>; <c>later</c> (a passing refusal, or nobody knows); <c>bounced</c> (the address, for good); <c>failed</c> (the mail
/// itself, for good); <c>away</c> (no mail goes through at all now: the attempt does not count).
/// </param>
/// <param name="Detail">The other side's words, for the administrator.</param>
public sealed record Delivery(string State, string? Detail = null)
{
    public static readonly Delivery Sent = new("sent");
}

/// <summary>Delivers into the demo's mailbox, a table; one row a delivery.</summary>
public sealed class MailboxTransport(NpgsqlDataSource source, HubClock clock) : IMailTransport
{
    /// <summary>One: mails stand in the mailbox in the order in which they became due.</summary>
    public int Connections => 1;

    public async Task<Delivery> Send(OutgoingMail mail, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("insert into mailbox (id, email_id, content, received_at) values ($1, $2, $3, $4)");
        command.Parameters.AddWithValue(Guid.CreateVersion7());
        command.Parameters.AddWithValue(mail.Id);
        command.Parameters.AddWithValue(mail.Content);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancel);
        return Delivery.Sent;
    }
}

/// <summary>Writes one .eml file a mail. The file appears whole or not at all, under the mail's own id.</summary>
public sealed class FolderTransport(MailOptions options) : IMailTransport
{
    public int Connections => 1;

    public async Task<Delivery> Send(OutgoingMail mail, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.Folder);
        var path = Path.Combine(options.Folder, $"{mail.Id}.eml");
        await using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(mail.Content, cancel);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".part", path, overwrite: true);
        return Delivery.Sent;
    }
}
