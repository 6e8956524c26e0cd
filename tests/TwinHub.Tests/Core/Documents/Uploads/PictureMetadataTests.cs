using System.Buffers.Binary;
using System.Text;
using TwinHub.Core.Documents.Uploads;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Uploads;

[Trait("culture", "any")]
public sealed class PictureMetadataTests
{
    private const string Place = "GPS 34.4367N 35.8497E";

    /// <summary>A JPEG with a scan of coded bytes, stuffing and restarts among them; metadata before, between and behind.</summary>
    private static byte[] Jpeg(int orientation) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0"), .. Segment(0xE1, Exif(orientation)), .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0" + Place), .. Segment(0xED, "Photoshop 3.0" + Place),
        .. Segment(0xFE, Place), .. Segment(0xE2, "ICC_PROFILE kept"), .. Segment(0xDB, "tables"), 0xFF, .. Segment(0xC0, "frame"), .. Segment(0xDA, "scan"), 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4,
        .. Segment(0xC4, "between scans"), .. Segment(0xDA, "second scan"), 5, 0xFF, 0, 6, 0xFF, 0xD9, .. Encoding.ASCII.GetBytes("trailer " + Place),
    ];

    [Fact]
    public void A_JPEG_loses_what_it_says_of_its_place_and_keeps_its_picture_and_which_side_is_up()
    {
        Assert.Equal(
        [
            0xFF, 0xD8, .. Segment(0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0"), .. Segment(0xE1, "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"),
            .. Segment(0xE2, "ICC_PROFILE kept"), .. Segment(0xDB, "tables"), .. Segment(0xC0, "frame"), .. Segment(0xDA, "scan"), 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4,
            .. Segment(0xC4, "between scans"), .. Segment(0xDA, "second scan"), 5, 0xFF, 0, 6, 0xFF, 0xD9,
        ], Stripped(FileTypes.Jpeg, Jpeg(6)));
    }

    [Fact]
    public void A_JPEG_that_stands_upright_has_no_Exif_left() => Assert.Equal(-1, Stripped(FileTypes.Jpeg, Jpeg(1)).AsSpan().IndexOf("Exif"u8));

    [Fact]
    public void Stripped_again_nothing_changes() => Assert.Equal(Stripped(FileTypes.Jpeg, Jpeg(8)), Stripped(FileTypes.Jpeg, Stripped(FileTypes.Jpeg, Jpeg(8))));

    [Fact]
    public void A_PNG_keeps_its_chunks_but_what_is_written_in_it()
    {
        byte[] sign = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
        byte[] dirty = [.. sign, .. Chunk("IHDR", "head"), .. Chunk("eXIf", Place), .. Chunk("tEXt", Place), .. Chunk("iTXt", Place), .. Chunk("tIME", "now"), .. Chunk("IDAT", "picture"), .. Chunk("IEND", ""), .. Encoding.ASCII.GetBytes(Place)];
        Assert.Equal([.. sign, .. Chunk("IHDR", "head"), .. Chunk("IDAT", "picture"), .. Chunk("IEND", "")], Stripped(FileTypes.Png, dirty));
    }

    [Fact]
    public void A_WebP_says_no_longer_that_metadata_follow_and_how_long_it_is_now()
    {
        byte[] Riff(params byte[] chunks) => [.. "RIFF"u8, .. Little(chunks.Length + 4), .. "WEBP"u8, .. chunks];
        var dirty = Riff([.. RiffChunk("VP8X", "\u000C\0\0\0\0\0\0\0\0\0"), .. RiffChunk("VP8 ", "odd picture"), .. RiffChunk("EXIF", Place), .. RiffChunk("XMP ", Place)]);
        Assert.Equal(Riff([.. RiffChunk("VP8X", "\0\0\0\0\0\0\0\0\0\0"), .. RiffChunk("VP8 ", "odd picture")]), Stripped(FileTypes.WebP, dirty));
    }

    [Theory]
    [InlineData(2), InlineData(30), InlineData(70), InlineData(240), InlineData(260)]
    public void A_JPEG_that_breaks_off_is_no_picture(int length) => Assert.False(PictureMetadata.Strip(FileTypes.Jpeg, new MemoryStream(Jpeg(1)[..length]), new MemoryStream()));

    [Fact]
    public void Random_changes_of_a_JPEG_never_throw_and_never_leave_the_place()
    {
        var choice = new Random(20_261_126);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Jpeg(6);
            bytes[choice.Next(2, bytes.Length)] = (byte)choice.Next(256);
            var clean = new MemoryStream();
            PictureMetadata.Strip(FileTypes.Jpeg, new MemoryStream(bytes), clean);
        }
    }

    private static byte[] Stripped(string type, byte[] picture)
    {
        var clean = new MemoryStream();
        Assert.True(PictureMetadata.Strip(type, new MemoryStream(picture), clean));
        return clean.ToArray();
    }

    private static byte[] Segment(byte marker, string data) => Segment(marker, Encoding.Latin1.GetBytes(data));

    private static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    /// <summary>Little-endian TIFF with an orientation and a place.</summary>
    private static byte[] Exif(int orientation) => [.. "Exif\0\0II*\0\u0008\0\0\0\u0002\0"u8, 0x0F, 1, 2, 0, 4, 0, 0, 0, (byte)'T', (byte)'H', 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Place)];

    private static byte[] Chunk(string kind, string data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(kind + data), 9, 9, 9, 9];
    }

    private static byte[] RiffChunk(string kind, string data) => [.. Encoding.ASCII.GetBytes(kind), .. Little(data.Length), .. Encoding.Latin1.GetBytes(data), .. data.Length % 2 == 0 ? [] : new byte[1]];

    private static byte[] Little(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
