using System.Net;

namespace TwinHub.Core.Mail;

/// <summary>Section <c>Mail</c> of the configuration.</summary>
public sealed record MailOptions
{
    /// <summary><c>Mailbox</c>: into the database, shown by the demo. <c>Folder</c>: one .eml file a mail. <c>Smtp</c>: to a mail server. Empty: Mailbox in a demo, else Folder.</summary>
    public string Mode { get; set; } = "";

    /// <summary>Where .eml files go; by default <c>mail</c> in the data directory.</summary>
    public string Folder { get; set; } = "";

    public string From { get; init; } = "twinhub@localhost.localdomain";
    public string FromName { get; init; } = "TwinHub";

    /// <summary>Attempts after which a mail that is refused for now counts as failed.</summary>
    public int MaxAttempts { get; init; } = 12;

    /// <summary>The mail server that takes what the hub sends; its certificate carries this name.</summary>
    public string Host { get; init; } = "";

    /// <summary>0: what belongs to <see cref="Security"/> (RFC 8314, 3.3; RFC 6409): 587 for StartTls, 465 for Tls, 25 for None.</summary>
    public int Port { get; init; }

    /// <summary><c>StartTls</c> (never falls back to plain), <c>Tls</c> from the first byte, or <c>None</c>, on this machine only.</summary>
    public string Security { get; init; } = StartTls;

    /// <summary>A PEM file with the authorities that may vouch for the mail server; empty: those the machine trusts.</summary>
    public string Authorities { get; init; } = "";

    /// <summary>Empty: the server takes mail without signing in.</summary>
    public string User { get; init; } = "";
    public string Password { get; init; } = "";

    /// <summary>Connections to the mail server at once, and so mails under way at once.</summary>
    public int Connections { get; init; } = 4;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);
    public TimeSpan GreetingTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For one answer, and for the server to take one piece of a mail.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For the answer to a whole mail. Who hangs up too early sends it twice: ten minutes are RFC 5321's (4.5.3.2.6).</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A connection without work for so long is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a claimed mail stays with a node that has died; a living one renews it while it sends.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where answers arrive, as <c>rsvp+TOKEN@</c> this domain; empty: answers come by link and page only.</summary>
    public string ReplyDomain { get; init; } = "";

    /// <summary>What a mail server shows at <c>POST /mail/inbound</c>; empty: there is no such door.</summary>
    public string InboundSecret { get; init; } = "";

    /// <summary>The name under which the own mail server writes Authentication-Results (RFC 8601); empty: none is believed.</summary>
    public string AuthservId { get; init; } = "";

    public const string StartTls = "StartTls";
    public const string Tls = "Tls";
    public const string None = "None";

    /// <summary>The port that is used.</summary>
    public int EffectivePort => Port > 0 ? Port : Security switch { Tls => 465, None => 25, _ => 587 };

    /// <summary>The mail server is on this machine.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Secrets stand here: no log shows them.</summary>
    public override string ToString() => nameof(MailOptions);
}
