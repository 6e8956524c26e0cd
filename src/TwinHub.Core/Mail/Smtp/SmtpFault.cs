namespace TwinHub.Core.Mail.Smtp;

/// <summary>Why a conversation with a mail server came to nothing. The mail at hand is not to blame.</summary>
public enum SmtpTrouble
{
    /// <summary>No connection, silence, a torn line, an answer nobody understands.</summary>
    Line,

    /// <summary>The server does not take mail now.</summary>
    Busy,

    /// <summary>A setting is wrong on one side: name, password, certificate, encryption. It stays wrong until somebody looks.</summary>
    Setting,
}

/// <summary>The conversation is over; the connection is of no more use.</summary>
public sealed class SmtpFault(SmtpTrouble trouble, string message, Exception? cause = null) : IOException(message, cause)
{
    public SmtpTrouble Trouble => trouble;
}
