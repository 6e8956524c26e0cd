namespace TwinHub.Core.Mail;

/// <summary>A mail that waits to leave or has left: its final bytes, made once (architecture, The outgoing mail, exactly).</summary>
public sealed class Email
{
    private Email() { }

    public Guid Id { get; private set; }

    /// <summary>Message-ID with its angle brackets; the same at every attempt (RFC 5322, 3.6.4).</summary>
    public string MessageId { get; private set; } = "";

    public string Recipient { get; private set; } = "";
    public string Kind { get; private set; } = "";
    public string Language { get; private set; } = "";
    public string Subject { get; private set; } = "";

    /// <summary>JSON: what the mail is about, such as <c>{"kind":"sign-in"}</c>.</summary>
    public string About { get; private set; } = "{}";

    /// <summary>Why it is still worth sending; asked again before each attempt. Null: always.</summary>
    public string? Reason { get; private set; }

    /// <summary>The envelope's sender, who gets the bounces; null: the hub's own address.</summary>
    public string? EnvelopeFrom { get; private set; }

    public byte[] Content { get; private set; } = [];
    public string State { get; private set; } = "queued";
    public int Attempts { get; private set; }
    public DateTimeOffset NextAt { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }
    public string? LastError { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
}

/// <summary>One delivery into the demo's mailbox.</summary>
public sealed class MailboxEntry
{
    private MailboxEntry() { }

    public Guid Id { get; private set; }
    public Guid EmailId { get; private set; }
    public byte[] Content { get; private set; } = [];
    public DateTimeOffset ReceivedAt { get; private set; }
}
