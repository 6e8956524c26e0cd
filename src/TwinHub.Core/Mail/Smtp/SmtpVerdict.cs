namespace TwinHub.Core.Mail.Smtp;

/// <summary>Which step of a mail's transaction an answer belongs to.</summary>
public enum SmtpStep
{
    Sender,
    Recipient,
    Data,
    Content,
}

/// <summary>What a refusal means for a mail.</summary>
public static class SmtpVerdict
{
    /// <exception cref="SmtpFault">The answer is about the connection, not about the mail.</exception>
    public static Delivery Of(SmtpStep step, SmtpReply reply) => reply switch
    {
        { IsClosing: true } => throw new SmtpFault(SmtpTrouble.Busy, reply.ToString()),
        { IsLater: true } => new("later", reply.ToString()),
        // The server wants another sign-in: a setting, and the same for every mail (RFC 4954, 6).
        { Code: 530 or 534 or 535 or 538 } => throw new SmtpFault(SmtpTrouble.Setting, $"The mail server does not accept the sign-in (Mail:User, Mail:Password): {reply.Short}"),
        { Code: >= 500 } => new(ForGood(step, reply), reply.ToString()),
        _ => throw new SmtpFault(SmtpTrouble.Line, $"The mail server answers {reply.Code} where that means nothing"),
    };

    /// <summary>
    /// A refused recipient is a bad address. A refused sender is mostly a setting here or there, so it is worth another try,
    /// unless the mail is too big. Refused content is the mail's fault, unless the server says that it means the mailbox
    /// (RFC 3463: x.1 addressing, x.2 mailbox; without a status RFC 5321's codes for mailboxes).
    /// </summary>
    private static string ForGood(SmtpStep step, SmtpReply reply) => step switch
    {
        SmtpStep.Recipient => "bounced",
        SmtpStep.Sender => reply.Code == 552 || reply.Status == "5.3.4" ? "failed" : "later",
        SmtpStep.Content when reply.Status is { } status => status.StartsWith("5.1.", StringComparison.Ordinal) || status.StartsWith("5.2.", StringComparison.Ordinal) ? "bounced" : "failed",
        SmtpStep.Content => reply.Code is 550 or 551 or 553 ? "bounced" : "failed",
        _ => "failed",
    };
}
