namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>How much of a mail is read at all (invitations, rule 37). They hold for the whole mail, its attached mails included.</summary>
public sealed record MimeLimits
{
    /// <summary>Octets of the mail.</summary>
    public int Bytes { get; init; } = 30 * 1024 * 1024;

    /// <summary>Parts at all depths.</summary>
    public int Parts { get; init; } = 100;

    /// <summary>Parts within parts; the mail itself is 1.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Octets of all headers together.</summary>
    public int HeaderBytes { get; init; } = 512 * 1024;

    /// <summary>Lines of all headers together.</summary>
    public int HeaderLines { get; init; } = 5_000;

    /// <summary>Octets of one header line; RFC 5322 (2.1.1) allows 998, and not everybody counts.</summary>
    public int HeaderLine { get; init; } = 16 * 1024;
}

/// <summary>Which limit a mail breaks.</summary>
public enum MimeFault
{
    TooLarge,
    TooManyParts,
    TooDeep,
    HeadersTooLarge,
    TooManyHeaderLines,
    HeaderLineTooLong,
}
