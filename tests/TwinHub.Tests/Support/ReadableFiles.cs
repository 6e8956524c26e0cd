using System.Text;
using SkiaSharp;

namespace TwinHub.Tests.Support;

/// <summary>Honest files of each kind that is read.</summary>
public static class ReadableFiles
{
    private static readonly (string, byte[]) Types = ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"u8.ToArray());

    /// <summary>A photograph-like JPEG, left half red, right half blue, with a noise that does not compress.</summary>
    /// <param name="orientation">EXIF: 1 as it is, 6 to be turned a quarter to the right.</param>
    public static byte[] Photo(int width, int height, byte orientation = 1, int seed = 1)
    {
        var random = new Random(seed);
        var pixels = new SKColor[width * height];
        for (var n = 0; n < pixels.Length; n++)
        {
            var noise = (byte)random.Next(60);
            pixels[n] = n % width < width / 2 ? new SKColor(200, noise, noise) : new SKColor(noise, noise, 200);
        }
        using var bitmap = new SKBitmap(width, height) { Pixels = pixels };
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        var bytes = jpeg.ToArray();
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        return [.. bytes[..2], .. exif, .. bytes[2..]];
    }

    public static byte[] Word(params string[] paragraphs) => HostileFiles.Zip(Types, ("word/document.xml", Xml(
        $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{string.Concat(paragraphs.Select(text => $"<w:p><w:r><w:t>{text}</w:t></w:r><w:r><w:delText>struck out</w:delText></w:r></w:p>"))}</w:body></w:document>")));

    public static byte[] Excel(params string[] cells) => HostileFiles.Zip(Types, ("xl/workbook.xml", Xml("<workbook><sheets><sheet name=\"Budget\"/></sheets></workbook>")),
        ("xl/sharedStrings.xml", Xml($"<sst>{string.Concat(cells.Select(text => $"<si><t>{text}</t></si>"))}</sst>")), ("xl/worksheets/sheet1.xml", Xml("<worksheet><c t=\"inlineStr\"><is><t>inline</t></is></c></worksheet>")));

    public static byte[] PowerPoint(params string[] slides) => HostileFiles.Zip([Types, ("ppt/presentation.xml", Xml("<p/>")),
        .. slides.Select((text, index) => ($"ppt/slides/slide{index + 1}.xml", Xml($"<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")))]);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Xml(string text) => Utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text);
}
