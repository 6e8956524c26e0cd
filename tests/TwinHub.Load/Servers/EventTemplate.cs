using System.Globalization;
using System.Text.Json;

namespace TwinHub.Load.Servers;

/// <summary>
/// Makes events whose JSON has the form of a sample event of the real hub (ids, author, instant, paragraph), so that no server
/// of the comparison moves fewer bytes than another. Without a sample: UUIDs, microseconds and an invented author.
/// </summary>
public sealed class EventTemplate
{
    private readonly string _id = Guid.Empty.ToString();
    private readonly Author _author = new(Guid.Empty.ToString(), "Selin Aydemir", "Municipality of Gaziantep");
    private readonly string _instant = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private readonly string _opening = "<p>";
    private readonly string _closing = "</p>";

    /// <summary>Takes the form of the sample's one event object; null means the built-in form.</summary>
    public EventTemplate(string? sample)
    {
        if (sample is null)
        {
            return;
        }

        using var document = JsonDocument.Parse(sample);
        var posted = document.RootElement;
        _id = Text(posted, "messageId");
        var author = posted.GetProperty("author");
        _author = new Author(Text(author, "id"), Text(author, "name"), Text(author, "organisation"));
        _instant = InstantFormat(Text(posted, "sentAt"));
        var paragraph = Text(posted, "html").Split(Text(posted, "body"));
        if (paragraph.Length == 2)
        {
            (_opening, _closing) = (paragraph[0], paragraph[1]);
        }
    }

    /// <summary>A new event of this form.</summary>
    public MessagePosted Make(string channelId, long revision, NewMessage message, DateTimeOffset sentAt) =>
        new(channelId, revision, revision, NewId(), message.ClientMessageId, null, _author, message.Body, Html(message.Body), Instant(sentAt), null, false, [], []);

    /// <summary>A stored event, given back in this form.</summary>
    public MessagePosted Restore(string channelId, long revision, string messageId, string clientMessageId, string body, string html, DateTimeOffset sentAt) =>
        new(channelId, revision, revision, messageId, clientMessageId, null, _author, body, html, Instant(sentAt), null, false, [], []);

    private string Html(string body) => _opening + body + _closing;

    private string Instant(DateTimeOffset at) => at.UtcDateTime.ToString(_instant, CultureInfo.InvariantCulture);

    private string NewId() => string.Create(_id.Length, _id, static (id, form) =>
    {
        Span<char> digits = stackalloc char[64];
        Guid.NewGuid().TryFormat(digits, out _, "N");
        digits[..32].CopyTo(digits[32..]);
        for (int i = 0, next = 0; i < form.Length; i++)
        {
            id[i] = form[i] == '-' ? '-' : digits[next++];
        }
    });

    private static string InstantFormat(string sample)
    {
        var point = sample.IndexOf('.', StringComparison.Ordinal);
        var end = sample.IndexOfAny(['Z', '+'], Math.Max(point, 0));
        var fraction = point < 0 ? "" : "." + new string('f', end - point - 1);
        return $"yyyy-MM-dd'T'HH:mm:ss{fraction}'{sample[end..]}'";
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
