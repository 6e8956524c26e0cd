namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>A part of a mail, or the mail itself. Its content is a slice of what arrived, decoded when asked.</summary>
public sealed class MimePart
{
    private readonly HeaderValue _type;
    private readonly HeaderValue _disposition;

    internal MimePart(MimeHeaders headers, ReadOnlyMemory<byte> body, string usualType)
    {
        (Headers, Body) = (headers, body);
        var raw = headers.Raw("Content-Type");
        _type = HeaderValue.Read(string.IsNullOrWhiteSpace(raw) ? usualType : raw);
        _disposition = HeaderValue.Read(headers.Raw("Content-Disposition"));
        // RFC 2045, 5.2: what has no type and what has half of one is plain text.
        Type = _type.Value.Contains('/', StringComparison.Ordinal) ? string.Concat(_type.Value.Where(letter => !char.IsWhiteSpace(letter))) : "text/plain";
    }

    public MimeHeaders Headers { get; }

    /// <summary>The content as it arrived, transfer encoding and all.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Type and subtype in lower case, such as <c>text/calendar</c>.</summary>
    public string Type { get; }

    /// <summary>The parts of a multipart; of an attached mail (message/rfc822) that mail.</summary>
    public IReadOnlyList<MimePart> Parts { get; internal set; } = [];

    /// <summary>An attached mail: other people's words, not the sender's.</summary>
    public bool IsMail => Type is "message/rfc822" or "message/global";

    public bool IsMultipart => Type.StartsWith("multipart/", StringComparison.Ordinal);

    public bool IsAttachment => _disposition.Value == "attachment";

    /// <summary>The file's name, decoded; null: it has none. Never a path.</summary>
    public string? FileName
    {
        get
        {
            var name = _disposition["filename"] ?? _type["name"];
            return name is null ? null : EncodedWords.Decode(name).Split('/', '\\')[^1];
        }
    }

    /// <summary>A parameter of the type, decoded; null: there is none.</summary>
    public string? Parameter(string name) => _type[name];

    internal string? Encoding => Headers.Raw("Content-Transfer-Encoding") is { } raw ? HeaderValue.Read(raw).Value : null;

    /// <summary>The content without its transfer encoding.</summary>
    public byte[] Content() => TransferEncoding.Decode(Body.Span, Encoding);

    /// <summary>The content as text; null where its character set is refused.</summary>
    public string? Text() => Charsets.Decode(Content(), Parameter("charset"));

    /// <summary>This part and all within it, in order, but nothing of attached mails.</summary>
    public IEnumerable<MimePart> Own() => IsMail ? [this] : Parts.SelectMany(part => part.Own()).Prepend(this);
}
