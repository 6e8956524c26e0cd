namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>Takes off a Content-Transfer-Encoding (RFC 2045, 6), whatever state it is in. The result is never longer than the source.</summary>
public static class TransferEncoding
{
    public static byte[] Decode(ReadOnlySpan<byte> source, string? encoding) => (encoding ?? "").Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(source),
        "quoted-printable" => QuotedPrintable(source, isWord: false),
        _ => source.ToArray(),
    };

    /// <summary>Foreign characters are passed over, padding in the middle ends one run and begins another.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> source)
    {
        var result = new byte[((source.Length / 4) * 3) + 3];
        var (length, bits, count) = (0, 0, 0);
        foreach (var letter in source)
        {
            if (letter == '=')
            {
                (bits, count) = (0, 0);
            }
            var value = Value(letter);
            if (value < 0)
            {
                continue;
            }
            bits = (bits << 6) | value;
            count++;
            if (count > 1)
            {
                // The second letter completes the first byte, the third the second, the fourth the third.
                result[length++] = (byte)(bits >> (8 - (2 * count)));
            }
            if (count == 4)
            {
                (bits, count) = (0, 0);
            }
        }
        return result[..length];
    }

    /// <param name="isWord">In an encoded word an underscore is a space (RFC 2047, 4.2).</param>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> source, bool isWord)
    {
        var result = new byte[source.Length];
        var (length, kept) = (0, 0);
        for (var i = 0; i < source.Length; i++)
        {
            var letter = source[i];
            if (letter == '=' && i + 2 < source.Length && Hex(source[i + 1]) is >= 0 and var high && Hex(source[i + 2]) is >= 0 and var low)
            {
                result[length++] = (byte)((high << 4) | low);
                (kept, i) = (length, i + 2);
            }
            else if (letter == '=' && SoftBreak(source[(i + 1)..]) is >= 0 and var skip)
            {
                (kept, i) = (length, i + skip);
            }
            else if (letter == '\n')
            {
                // White space before a line's end was added on the way (RFC 2045, 6.7, rule 3).
                var crlf = length > 0 && length > kept && result[length - 1] == '\r';
                length = TrimEnd(result, crlf ? length - 1 : length, kept);
                if (crlf)
                {
                    result[length++] = (byte)'\r';
                }
                result[length++] = letter;
                kept = length;
            }
            else
            {
                result[length++] = isWord && letter == '_' ? (byte)' ' : letter;
            }
        }
        return result[..length];
    }

    private static int TrimEnd(byte[] result, int length, int kept)
    {
        while (length > kept && result[length - 1] is (byte)' ' or (byte)'\t')
        {
            length--;
        }
        return length;
    }

    /// <returns>How many octets after the equals sign belong to a soft line break; -1: it is none.</returns>
    private static int SoftBreak(ReadOnlySpan<byte> after)
    {
        var spaces = after.IndexOfAnyExcept(" \t\r"u8);
        return spaces < 0 ? after.Length : after[spaces] == '\n' ? spaces + 1 : -1;
    }

    private static int Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };

    private static int Hex(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        _ => -1,
    };
}
