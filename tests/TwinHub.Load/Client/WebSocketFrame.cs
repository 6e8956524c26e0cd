using System.Buffers.Binary;

namespace TwinHub.Load.Client;

/// <summary>The part of RFC 6455 a load generator needs: unmasked frames in, masked frames out.</summary>
public readonly record struct WebSocketFrame(int Opcode, int HeaderLength, int PayloadLength)
{
    /// <summary>Opcode of text and of binary: 1 and 2; 0 continues a message.</summary>
    public const int Text = 1;

    /// <summary>Opcodes from here on are control frames.</summary>
    public const int Close = 8;

    /// <summary>A question the other side wants answered with <see cref="Pong"/> and the same payload.</summary>
    public const int Ping = 9;

    /// <summary>The answer to <see cref="Ping"/>.</summary>
    public const int Pong = 10;

    /// <summary>Bytes of header and payload.</summary>
    public int Length => HeaderLength + PayloadLength;

    /// <summary>Reads a server's frame header; false while it is incomplete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out WebSocketFrame frame)
    {
        frame = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        var (opcode, length) = (bytes[0] & 0x0F, bytes[1] & 0x7F);
        var header = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
        {
            return false;
        }

        var payload = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            _ => length,
        };
        frame = new WebSocketFrame(opcode, header, payload);
        return true;
    }

    /// <summary>
    /// Writes a whole client frame of at most 65,535 bytes; returns its length. The mask is zero: it guards proxies against
    /// hostile pages (section 10.3), of which there are none on loopback, and so costs the generator nothing.
    /// </summary>
    public static int Write(Span<byte> target, int opcode, ReadOnlySpan<byte> payload)
    {
        target[0] = (byte)(0x80 | opcode);
        var header = payload.Length < 126 ? 2 : 4;
        target[1] = (byte)(0x80 | (header == 2 ? payload.Length : 126));
        if (header == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[2..], checked((ushort)payload.Length));
        }

        target.Slice(header, 4).Clear();
        payload.CopyTo(target[(header + 4)..]);
        return header + 4 + payload.Length;
    }
}
