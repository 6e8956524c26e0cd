namespace TwinHub.Core.Mail.Inbound;

/// <summary>A mail that came in: its bytes as they arrived, and what they led to. The bytes go 30 days after it was settled; empty: they have gone.</summary>
public sealed class InboundMail
{
    private InboundMail() { }

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of the bytes: the same mail is kept once, however often it is delivered.</summary>
    public byte[] Digest { get; private set; } = [];

    public byte[] Content { get; private set; } = [];

    /// <summary>As the mail server gave it; <c>&lt;&gt;</c>: the null sender, which bounces have. Empty: not told.</summary>
    public string EnvelopeFrom { get; private set; } = "";

    public string EnvelopeTo { get; private set; } = "";

    /// <summary>With its angle brackets; known once the mail is worked off. Null: it has none that can be kept.</summary>
    public string? MessageId { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset NextAt { get; private set; }

    /// <summary><c>waiting</c>, <c>done</c>, or <c>failed</c> where the hub itself went wrong every time.</summary>
    public string State { get; private set; } = "waiting";

    /// <summary>What it led to: one of <see cref="InboundOutcomes"/>, or the name of the limit it breaks.</summary>
    public string? Outcome { get; private set; }

    public string? Detail { get; private set; }
    public Guid? WebinarId { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }
}

/// <summary>What a mail can lead to, apart from what an answer does (<see cref="Webinars.Answered"/>).</summary>
public static class InboundOutcomes
{
    /// <summary>An answer in somebody else's name.</summary>
    public const string Spoofed = "spoofed";

    /// <summary>Nothing shows that it comes from the invitee.</summary>
    public const string Unproven = "unproven";

    /// <summary>From an address that is not invited: an alias, a delegate, a guest's guest.</summary>
    public const string Foreign = "foreign";

    /// <summary>The invitee sends somebody else; nobody is added.</summary>
    public const string Delegated = "delegated";

    /// <summary>The invitee proposes another time; nothing moves.</summary>
    public const string Counter = "counter";

    /// <summary>A calendar message that is no answer, or an answer of no known kind.</summary>
    public const string NotCounted = "not-counted";

    /// <summary>The same answer on another way.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A mail came back for good.</summary>
    public const string Bounced = "bounced";

    /// <summary>A mail is under way for long; nothing is marked.</summary>
    public const string Delayed = "delayed";

    /// <summary>The calendar message is about nothing the hub has.</summary>
    public const string UnknownWebinar = "unknown-webinar";

    /// <summary>The report is about no mail of the hub.</summary>
    public const string UnknownMail = "unknown-mail";

    /// <summary>There is no calendar message in it.</summary>
    public const string NoCalendar = "no-calendar";

    /// <summary>The hub went wrong at every attempt.</summary>
    public const string Fault = "fault";
}
