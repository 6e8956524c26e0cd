using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>
/// Reads a mail (RFC 5322, 2045 to 2047, 2231) as tolerantly as its many makers need, within limits that hold before anything
/// is decoded: in linear time, keeping slices of what arrived. No input makes it throw.
/// </summary>
public sealed class MimeReader
{
    private const int MaxBoundary = 200;

    private readonly MimeLimits _limits;
    private readonly HeaderReader _headers;
    private MimeFault? _fault;
    private int _parts;

    private MimeReader(MimeLimits limits) => (_limits, _headers) = (limits, new(limits));

    /// <summary>Reads a mail, or says which limit it breaks.</summary>
    public static MimeReading Read(ReadOnlyMemory<byte> mail, MimeLimits limits)
    {
        if (mail.Length > limits.Bytes)
        {
            return new(null, MimeFault.TooLarge);
        }
        var reader = new MimeReader(limits);
        var root = reader.Part(mail, 1, "text/plain");
        var fault = reader._fault ?? reader._headers.Fault;
        return fault is null ? new(new ReceivedMail(root), null) : new(null, fault);
    }

    private MimePart Part(ReadOnlyMemory<byte> bytes, int depth, string usualType)
    {
        _fault ??= ++_parts > _limits.Parts ? MimeFault.TooManyParts : depth > _limits.Depth ? MimeFault.TooDeep : default(MimeFault?);
        var (headers, body) = _headers.Read(bytes);
        var part = new MimePart(headers, bytes[body..], usualType);
        _fault ??= _headers.Fault;
        if (_fault is null)
        {
            part.Parts = Within(part, depth);
        }
        return part;
    }

    private List<MimePart> Within(MimePart part, int depth)
    {
        if (part.IsMail)
        {
            // An encoded mail (forbidden, RFC 2046 5.2.1) stays closed: opening it would copy what the limits have counted.
            return part.Encoding is null or "" or "7bit" or "8bit" or "binary" ? [Part(part.Body, depth + 1, "text/plain")] : [];
        }
        var parts = new List<MimePart>();
        if (part.IsMultipart && part.Parameter("boundary") is { Length: > 0 and <= MaxBoundary } boundary)
        {
            var usual = part.Type == "multipart/digest" ? "message/rfc822" : "text/plain";
            foreach (var slice in Slices(part.Body, Encoding.UTF8.GetBytes("--" + boundary)))
            {
                parts.Add(Part(slice, depth + 1, usual));
                if (_fault is not null)
                {
                    break;
                }
            }
        }
        return parts;
    }

    /// <summary>What stands between the boundary's lines (RFC 2046, 5.1.1). Without a last one the last part goes to the end.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Slices(ReadOnlyMemory<byte> body, byte[] delimiter)
    {
        int? begun = null;
        for (var at = 0; at < body.Length;)
        {
            var found = body.Span[at..].IndexOf(delimiter);
            if (found < 0)
            {
                break;
            }
            var line = at + found;
            var end = LineEnd(body.Span, line);
            at = end;
            var kind = line == 0 || body.Span[line - 1] == '\n' ? Kind(body.Span[(line + delimiter.Length)..end]) : Line.Other;
            if (kind == Line.Other)
            {
                continue;
            }
            if (begun is { } from)
            {
                yield return body[from..Math.Max(from, BeforeBreak(body.Span, line))];
            }
            begun = kind == Line.Next ? end : null;
            if (kind == Line.Last)
            {
                break;
            }
        }
        if (begun is { } rest)
        {
            yield return body[rest..];
        }
    }

    private enum Line
    {
        Other,
        Next,
        Last,
    }

    private static Line Kind(ReadOnlySpan<byte> tail)
    {
        var trimmed = tail.Trim(" \t\r\n"u8);
        return trimmed.IsEmpty ? Line.Next : trimmed.SequenceEqual("--"u8) ? Line.Last : Line.Other;
    }

    private static int LineEnd(ReadOnlySpan<byte> body, int at)
    {
        var length = body[at..].IndexOf((byte)'\n');
        return length < 0 ? body.Length : at + length + 1;
    }

    /// <summary>The line break before a boundary belongs to the boundary.</summary>
    private static int BeforeBreak(ReadOnlySpan<byte> body, int line) =>
        line >= 2 && body[line - 2] == '\r' ? line - 2 : Math.Max(0, line - 1);
}

/// <summary>A mail, or the limit it breaks.</summary>
public sealed record MimeReading(ReceivedMail? Mail, MimeFault? Fault);
