using System.Buffers;
using System.Text;

namespace TwinHub.Core.Calendar;

/// <summary>Collects content lines and folds them (RFC 5545, 3.1).</summary>
internal sealed class ContentLineWriter
{
    /// <summary>Octets of a line without its CRLF; the blank that begins a continuation counts.</summary>
    private const int Width = 75;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A line whose value stands as it is.</summary>
    public void Line(string name, string value) => Fold(Encoding.UTF8.GetBytes($"{name}:{value}"));

    /// <summary>A TEXT property; none at all when the text is empty.</summary>
    public void Text(string name, string text)
    {
        if (CalendarText.Escape(text) is { Length: > 0 } value)
        {
            Line(name, value);
        }
    }

    /// <summary>An instant in UTC, to the second (RFC 5545, 3.3.5, form 2).</summary>
    public void Instant(string name, DateTimeOffset at) => Line(name, CalendarMoments.Write(at));

    /// <summary>A calendar address; a parameter without a value is left out.</summary>
    public void Address(string name, string address, params (string Name, string Value)[] parameters)
    {
        var written = parameters.Select(parameter => (parameter.Name, Value: ParameterText.Write(parameter.Value)))
            .Where(parameter => parameter.Value.Length > 0)
            .Select(parameter => $";{parameter.Name}={parameter.Value}");
        Line(name + string.Concat(written), CalendarAddress.Write(address));
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Fold(ReadOnlySpan<byte> line)
    {
        var width = Width;
        while (line.Length > width)
        {
            var cut = width;
            while (IsInsideCharacter(line[cut]))
            {
                cut--;
            }
            _bytes.Write(line[..cut]);
            _bytes.Write("\r\n "u8);
            line = line[cut..];
            width = Width - 1;
        }
        _bytes.Write(line);
        _bytes.Write("\r\n"u8);
    }

    private static bool IsInsideCharacter(byte octet) => (octet & 0xC0) == 0x80;
}
