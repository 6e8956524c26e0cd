using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>Reads blocks of header fields and counts them against the limits of the whole mail.</summary>
public sealed class HeaderReader(MimeLimits limits)
{
    private int _bytes;
    private int _lines;

    /// <summary>The first limit that was broken.</summary>
    public MimeFault? Fault { get; private set; }

    /// <summary>Reads the fields up to the empty line.</summary>
    /// <returns>The fields, and where the body begins.</returns>
    public (MimeHeaders Headers, int Body) Read(ReadOnlyMemory<byte> block)
    {
        var fields = new List<MimeHeader>();
        var at = 0;
        while (at < block.Length && Fault is null)
        {
            var end = LineEnd(block.Span, at);
            if (IsEmpty(block.Span[at..end]))
            {
                return (new(fields), end);
            }
            Count(end - at);
            var start = at;
            at = end;
            while (at < block.Length && block.Span[at] is (byte)' ' or (byte)'\t' && Fault is null)
            {
                end = LineEnd(block.Span, at);
                Count(end - at);
                at = end;
            }
            Add(fields, block[start..at]);
        }
        return (new(fields), at);
    }

    private static int LineEnd(ReadOnlySpan<byte> block, int at)
    {
        var length = block[at..].IndexOf((byte)'\n');
        return length < 0 ? block.Length : at + length + 1;
    }

    private static bool IsEmpty(ReadOnlySpan<byte> line) => line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];

    private void Count(int length)
    {
        _bytes += length;
        _lines++;
        Fault ??= length > limits.HeaderLine ? MimeFault.HeaderLineTooLong
            : _lines > limits.HeaderLines ? MimeFault.TooManyHeaderLines
            : _bytes > limits.HeaderBytes ? MimeFault.HeadersTooLarge : default(MimeFault?);
    }

    /// <summary>A line without a proper name is no field and is passed over, as is the "From " line of mail folders.</summary>
    private static void Add(List<MimeHeader> fields, ReadOnlyMemory<byte> field)
    {
        var colon = field.Span.IndexOf((byte)':');
        var name = colon < 0 ? default : field.Span[..colon].TrimEnd(" \t"u8);
        if (name.Length > 0 && !name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            fields.Add(new(Encoding.ASCII.GetString(name), fields.Count, field[(colon + 1)..]));
        }
    }
}
