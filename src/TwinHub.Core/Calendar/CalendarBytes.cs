using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TwinHub.Core.Calendar;

/// <summary>Bytes of an object into unfolded lines (RFC 5545, 3.1).</summary>
internal sealed class CalendarBytes
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly List<string> _lines = [];
    private readonly ArrayBufferWriter<byte> _line = new();

    private CalendarBytes() { }

    /// <summary>
    /// The lines, or the limit they break. Ends of line are CRLF, LF or CR. Empty lines count as absent, so that a mail
    /// gateway's doubled ends break no fold.
    /// </summary>
    public static (IReadOnlyList<string> Lines, CalendarFault? Fault) Read(ReadOnlySpan<byte> bytes)
    {
        var reading = new CalendarBytes();
        var fault = bytes.Length > CalendarLimits.Bytes ? CalendarFault.TooLarge : reading.Unfold(bytes);
        return (reading._lines, fault);
    }

    private CalendarFault? Unfold(ReadOnlySpan<byte> rest)
    {
        rest = rest.StartsWith(Encoding.UTF8.Preamble) ? rest[Encoding.UTF8.Preamble.Length..] : rest;
        for (var count = 0; !rest.IsEmpty; count++)
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
            if ((count == CalendarLimits.Lines ? CalendarFault.TooManyLines : Take(line)) is { } fault)
            {
                return fault;
            }
        }
        Finish();
        return null;
    }

    private CalendarFault? Take(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return null;
        }
        var continues = line[0] is (byte)' ' or (byte)'\t';
        if (!continues)
        {
            Finish();
        }
        _line.Write(continues ? line[1..] : line);
        return _line.WrittenCount > CalendarLimits.LineBytes ? CalendarFault.LineTooLong
            : _lines.Count >= CalendarLimits.Properties ? CalendarFault.TooManyProperties
            : null;
    }

    /// <summary>
    /// Decodes a line once it is whole, as some clients fold inside a character. A line that is not UTF-8 comes from a
    /// Western Windows or Latin-1; other character sets are undone with the mail part's charset before.
    /// </summary>
    private void Finish()
    {
        if (_line.WrittenCount > 0)
        {
            var line = _line.WrittenSpan;
            _lines.Add((Utf8.IsValid(line) ? Encoding.UTF8 : Windows1252).GetString(line));
        }
        _line.ResetWrittenCount();
    }
}
