using TwinHub.Core.Text;

namespace TwinHub.Core.Mail;

/// <summary>What a mail says, before it is made into bytes: one column, one button, and why the reader gets it (design.md, Mails).</summary>
public sealed record Letter(string To, string Name, string Language, string Kind)
{
    public required string Subject { get; init; }

    /// <summary>Sentences already in the reader's language, plain text.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>What the reader looks up: times, places, what people wrote.</summary>
    public IReadOnlyList<LetterFact> Facts { get; init; } = [];

    public LetterButton? Button { get; init; }

    /// <summary>What else can be pressed, beside the one button.</summary>
    public IReadOnlyList<LetterButton> Links { get; init; } = [];

    /// <summary>Why the reader gets this mail.</summary>
    public required string Why { get; init; }

    /// <summary>How to get no more mails of this kind, here and in the client's own button (RFC 8058). Null: they are not to be stopped.</summary>
    public LetterButton? Unsubscribe { get; init; }

    /// <summary>JSON for the mailbox: what the mail is about.</summary>
    public IReadOnlyDictionary<string, string> About { get; init; } = new Dictionary<string, string>();

    /// <summary>Still worth sending? Asked before each attempt; see <see cref="MailReason"/>. Null: always.</summary>
    public string? Reason { get; init; }

    /// <summary>Whose mailbox writes, and gets answers and bounces; null: the hub's own.</summary>
    public MailAddressing? From { get; init; }

    /// <summary>Whose mailbox gets what the reader writes back, where that is not the sender's; null: the sender's.</summary>
    public MailAddressing? ReplyTo { get; init; }

    /// <summary>Message-ID, with its angle brackets, of the mail this one belongs to; null: none.</summary>
    public string? References { get; init; }

    /// <summary>What calendars read; null: nothing.</summary>
    public CalendarPart? Calendar { get; init; }

    public Words Words => Texts.Shared.For(Language);

    /// <summary>The complete plain-text part.</summary>
    public string Plain()
    {
        var lines = new List<string> { Words.Isolated("mail.greeting", ("name", Name)), "" };
        foreach (var paragraph in Paragraphs)
        {
            lines.AddRange([paragraph, ""]);
        }
        if (Facts.Count > 0)
        {
            lines.AddRange([.. Facts.Select(fact => fact.Plain(Words)), ""]);
        }
        foreach (var button in Links.Prepend(Button).OfType<LetterButton>())
        {
            lines.AddRange([button.IsQuestion ? button.Text : Words.Say("mail.label", ("label", button.Text)), button.Url, ""]);
        }
        lines.AddRange(["—", Why]);
        if (Unsubscribe is { } stop)
        {
            lines.AddRange(["", Words.Say("mail.label", ("label", stop.Text)), stop.Url]);
        }
        return string.Join('\n', lines) + "\n";
    }
}

/// <summary>Something to press in a mail; a GET shows a page and changes nothing.</summary>
public sealed record LetterButton(string Text, string Url)
{
    /// <summary>A question mark needs no colon after it.</summary>
    internal bool IsQuestion => Text.EndsWith('?') || Text.EndsWith('\u061F');
}

/// <summary>A line to look up, such as a time or a place.</summary>
/// <param name="Value">Plain text of one or more lines; an address when <paramref name="IsLink"/> is set.</param>
public sealed record LetterFact(string Label, string Value, bool IsLink = false)
{
    /// <summary>An address stands alone on its line: what surrounds it would become part of it. A value is isolated as in <see cref="Words.Isolated"/>.</summary>
    public string Plain(Words words) => words.Say("mail.label", ("label", Label))
        + (IsLink || Value.Contains('\n', StringComparison.Ordinal) ? $"\n{Value}" : $" \u2068{Value}\u2069");
}

/// <summary>The calendar part of a mail.</summary>
/// <param name="Method">As the object says it: <c>REQUEST</c> or <c>CANCEL</c>.</param>
public sealed record CalendarPart(string Method, byte[] Content);

/// <summary>Renders a letter's HTML part; the web project gives the Razor template.</summary>
public delegate Task<string> RenderLetter(Letter letter);
