using TwinHub.Core.Text;

namespace TwinHub.Core.Mail;

/// <summary>What a mail says, before it is made into bytes: one column, one button, and why the reader gets it (design.md, Mails).</summary>
public sealed record Letter(string To, string Name, string Language, string Kind)
{
    public required string Subject { get; init; }

    /// <summary>Sentences already in the reader's language, plain text.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    public LetterButton? Button { get; init; }

    /// <summary>Why the reader gets this mail.</summary>
    public required string Why { get; init; }

    /// <summary>JSON for the mailbox: what the mail is about.</summary>
    public IReadOnlyDictionary<string, string> About { get; init; } = new Dictionary<string, string>();

    /// <summary>Still worth sending? Asked before each attempt; see <see cref="MailReason"/>. Null: always.</summary>
    public string? Reason { get; init; }

    public Words Words => Texts.Shared.For(Language);

    /// <summary>The complete plain-text part.</summary>
    public string Plain()
    {
        var lines = new List<string> { Words.Isolated("mail.greeting", ("name", Name)), "" };
        foreach (var paragraph in Paragraphs)
        {
            lines.AddRange([paragraph, ""]);
        }
        if (Button is { } button)
        {
            lines.AddRange([$"{button.Text}:", button.Url, ""]);
        }
        lines.AddRange(["—", Why]);
        return string.Join('\n', lines) + "\n";
    }
}

/// <summary>The one thing to press in a mail; a GET shows a page and changes nothing.</summary>
public sealed record LetterButton(string Text, string Url);

/// <summary>Renders a letter's HTML part; the web project gives the Razor template.</summary>
public delegate Task<string> RenderLetter(Letter letter);
