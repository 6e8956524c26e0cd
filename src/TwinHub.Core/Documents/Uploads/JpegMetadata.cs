using System.Buffers.Binary;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>JPEG: segments of marker, length and data; after a start of scan, coded data until the next marker (ITU T.81, annex B).</summary>
internal static class JpegMetadata
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, Exif = 0xE1, Comment = 0xFE;

    public static bool Strip(BinaryReader from, Stream to)
    {
        PictureMetadata.Copy(from, to, 2);
        var turned = 1;
        var marker = Marker(from);
        while (marker != EndOfImage)
        {
            var length = BinaryPrimitives.ReverseEndianness(from.ReadUInt16());
            if (length < 2)
            {
                return false;
            }
            if (IsMetadata(marker))
            {
                var data = from.ReadBytes(length - 2);
                if (marker == Exif && turned == 1 && Orientation(data) is > 1 and <= 8 and var found)
                {
                    turned = found;
                    WriteOrientation(to, turned);
                }
            }
            else
            {
                to.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
                PictureMetadata.Copy(from, to, length - 2);
            }
            marker = marker == StartOfScan ? Scan(from, to) : Marker(from);
        }
        to.Write([0xFF, EndOfImage]);
        return true;
    }

    /// <summary>Application segments but JFIF (0), colour profile (2) and Adobe's colour transform (14); and comments.</summary>
    private static bool IsMetadata(byte marker) => marker is Comment or (>= 0xE1 and <= 0xEF and not 0xE2 and not 0xEE);

    private static byte Marker(BinaryReader from)
    {
        byte next;
        // What lies between segments is fill.
        while (from.ReadByte() != 0xFF) { }
        while ((next = from.ReadByte()) == 0xFF) { }
        return next;
    }

    /// <summary>Copies coded data up to the next marker that is none of its own (stuffing, restarts).</summary>
    private static byte Scan(BinaryReader from, Stream to)
    {
        while (true)
        {
            var one = from.ReadByte();
            if (one != 0xFF)
            {
                to.WriteByte(one);
                continue;
            }
            var next = from.ReadByte();
            while (next == 0xFF)
            {
                next = from.ReadByte();
            }
            if (next is not 0 and not (>= 0xD0 and <= 0xD7))
            {
                return next;
            }
            to.WriteByte(0xFF);
            to.WriteByte(next);
        }
    }

    /// <summary>The orientation (TIFF tag 0x0112) in the first directory of an Exif segment; 1 where it says none.</summary>
    internal static int Orientation(ReadOnlySpan<byte> data)
    {
        if (data.Length < 14 || !data.StartsWith("Exif\0\0"u8))
        {
            return 1;
        }
        var tiff = data[6..];
        var little = tiff[0] == (byte)'I';
        int Short(ReadOnlySpan<byte> at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        var first = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (first > tiff.Length - 2)
        {
            return 1;
        }
        var (entries, at) = (Short(tiff[(int)first..]), (int)first + 2);
        for (var i = 0; i < entries && at + 12 <= tiff.Length; i++, at += 12)
        {
            if (Short(tiff[at..]) == 0x0112)
            {
                return Short(tiff[(at + 8)..]);
            }
        }
        return 1;
    }

    /// <summary>An Exif segment that holds the orientation alone.</summary>
    private static void WriteOrientation(Stream to, int orientation) => to.Write(
        [0xFF, Exif, 0, 34, .. "Exif\0\0"u8, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]);
}
