namespace TwinHub.Core.Mail;

/// <summary>Section <c>Mail</c> of the configuration.</summary>
public sealed record MailOptions
{
    /// <summary><c>Mailbox</c>: into the database, shown by the demo. <c>Folder</c>: one .eml file a mail. Empty: Mailbox in a demo, else Folder.</summary>
    public string Mode { get; set; } = "";

    /// <summary>Where .eml files go; by default <c>mail</c> in the data directory.</summary>
    public string Folder { get; set; } = "";

    public string From { get; init; } = "twinhub@localhost.localdomain";
    public string FromName { get; init; } = "TwinHub";

    /// <summary>Attempts after which a mail that is refused for now counts as failed.</summary>
    public int MaxAttempts { get; init; } = 12;
}
