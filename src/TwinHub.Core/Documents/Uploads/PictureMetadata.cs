using System.Buffers.Binary;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>
/// Takes out of a picture what it says beside the picture: place, camera, owner, comments, and whatever follows its end. The
/// picture itself is copied byte by byte. Kept: colour profile and, in a JPEG, which side is up.
/// </summary>
public static class PictureMetadata
{
    /// <summary>Writes the picture without its metadata; false where it is not built as its kind must be.</summary>
    public static bool Strip(string type, Stream picture, Stream clean)
    {
        picture.Position = 0;
        using var reader = new BinaryReader(new BufferedStream(picture, 64 * 1024), System.Text.Encoding.Latin1, leaveOpen: true);
        try
        {
            return type switch
            {
                FileTypes.Jpeg => JpegMetadata.Strip(reader, clean),
                FileTypes.Png => Png(reader, clean),
                FileTypes.WebP => WebP(reader, clean),
                _ => Copy(reader, clean, long.MaxValue),
            };
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    internal static bool Copy(BinaryReader from, Stream to, long length)
    {
        var buffer = new byte[32 * 1024];
        while (length > 0 && from.Read(buffer, 0, (int)Math.Min(buffer.Length, length)) is > 0 and var read)
        {
            to.Write(buffer, 0, read);
            length -= read;
        }
        return true;
    }

    internal static void Skip(BinaryReader from, long length) => Copy(from, Stream.Null, length);

    /// <summary>PNG: chunks of length, type, data and CRC until IEND (W3C PNG, section 5).</summary>
    private static bool Png(BinaryReader from, Stream to)
    {
        Copy(from, to, 8);
        while (true)
        {
            var head = from.ReadBytes(8);
            if (head.Length < 8)
            {
                return false;
            }
            var (length, kind) = (BinaryPrimitives.ReadUInt32BigEndian(head), System.Text.Encoding.ASCII.GetString(head, 4, 4));
            if (kind is "eXIf" or "tEXt" or "zTXt" or "iTXt" or "tIME")
            {
                Skip(from, length + 4L);
                continue;
            }
            to.Write(head);
            Copy(from, to, length + 4L);
            if (kind == "IEND")
            {
                return true;
            }
        }
    }

    /// <summary>WebP: a RIFF of chunks, each padded to even length (Google, WebP Container Specification).</summary>
    private static bool WebP(BinaryReader from, Stream to)
    {
        var begin = to.Position;
        var head = from.ReadBytes(12);
        var left = head.Length < 12 ? -1 : BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)) - 4L;
        to.Write(head);
        while (left >= 8)
        {
            var chunk = from.ReadBytes(8);
            if (chunk.Length < 8)
            {
                break;
            }
            var (kind, length) = (System.Text.Encoding.ASCII.GetString(chunk, 0, 4), (BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4)) + 1L) & ~1L);
            left -= 8 + length;
            if (kind is "EXIF" or "XMP ")
            {
                Skip(from, length);
                continue;
            }
            to.Write(chunk);
            if (kind == "VP8X" && length > 0)
            {
                // The flags that say that EXIF and XMP follow.
                to.WriteByte((byte)(from.ReadByte() & ~0x0C));
                Copy(from, to, length - 1);
            }
            else
            {
                Copy(from, to, length);
            }
        }
        var end = to.Position;
        to.Position = begin + 4;
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(end - begin - 8));
        to.Write(size);
        to.Position = end;
        return head.Length == 12;
    }
}
