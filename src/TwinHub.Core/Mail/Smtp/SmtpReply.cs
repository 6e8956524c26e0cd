using System.Text;

namespace TwinHub.Core.Mail.Smtp;

/// <summary>One answer of a mail server (RFC 5321, 4.2), of one line or several.</summary>
/// <param name="Code">From 200 to 599.</param>
/// <param name="Lines">The words after the code, line by line.</param>
public sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int MaxText = 500;

    public bool IsGood => Code is >= 200 and < 300;
    public bool IsLater => Code is >= 400 and < 500;

    /// <summary>421: the server ends the conversation, whatever was asked (RFC 5321, 3.8).</summary>
    public bool IsClosing => Code == 421;

    /// <summary>The enhanced status such as 5.1.1 (RFC 3463), or null.</summary>
    public string? Status
    {
        get
        {
            var word = Lines[0].Split(' ')[0];
            var numbers = word.Split('.');
            return numbers.Length == 3 && numbers[0] is "2" or "4" or "5"
                && numbers.All(number => number.Length is > 0 and <= 3 && number.All(char.IsAsciiDigit)) ? word : null;
        }
    }

    /// <summary>The code and its enhanced status; unlike the words, fit for a log: servers repeat addresses.</summary>
    public string Short => Status is { } status ? $"{Code} {status}" : $"{Code}";

    /// <summary>What the administrator reads: the code and all words on one line, at most 500 characters, nothing that steers a terminal.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Code);
        foreach (var line in Lines)
        {
            text.Append(' ').Append(line);
        }
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsControl(text[i]) ? ' ' : text[i];
        }
        return text.Length > MaxText ? text.ToString(0, MaxText) + " …" : text.ToString();
    }
}
