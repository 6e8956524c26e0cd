using System.IO.Compression;
using System.Text;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>What a file is, by its first bytes; its name only tells apart what bytes cannot (ASVS 5.2.2).</summary>
public static class FileTypes
{
    public const string Unknown = "application/octet-stream";
    public const string Jpeg = "image/jpeg", Png = "image/png", Gif = "image/gif", WebP = "image/webp";
    public const string Pdf = "application/pdf", Text = "text/plain", Markdown = "text/markdown", Csv = "text/csv";
    public const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string PowerPoint = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public const string Zip = "application/zip", OldOffice = "application/x-ole-storage", Heif = "image/heif";

    /// <summary>A program, whatever it is called: refused.</summary>
    public const string Program = "application/x-program";

    /// <summary>Bytes of the beginning that are looked at.</summary>
    private const int Head = 64 * 1024;

    /// <summary>Bytes an archive's table of contents may have to be looked at: some 50,000 files.</summary>
    internal const uint MostTable = 4 * 1024 * 1024;

    private static readonly HashSet<string> Programs =
        ["exe", "dll", "scr", "com", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "msp", "lnk", "pif", "jar", "apk", "app", "dmg", "reg", "cpl", "sh", "desktop", "iso", "url", "chm"];

    private static readonly HashSet<string> Pictures = [Jpeg, Png, Gif, WebP];

    /// <summary>The types an ending may stand for; endings that are not here are taken as they are.</summary>
    private static readonly Dictionary<string, HashSet<string>> Endings = new()
    {
        ["jpg"] = Pictures, ["jpeg"] = Pictures, ["png"] = Pictures, ["gif"] = Pictures, ["webp"] = Pictures, ["pdf"] = [Pdf],
        ["docx"] = [Word, OldOffice], ["xlsx"] = [Excel, OldOffice], ["pptx"] = [PowerPoint, OldOffice],
        ["zip"] = [Zip, Word, Excel, PowerPoint],
    };

    /// <summary>Pictures of which previews are made.</summary>
    public static bool IsPicture(string type) => Pictures.Contains(type);

    /// <summary>The type a file is sent under: what a browser might run or show as a page is only bytes.</summary>
    public static string Served(string type) => type is "text/html" or "image/svg+xml" or Program or OldOffice ? Unknown : type;

    /// <summary>Types that are compressed already.</summary>
    public static bool IsPacked(string type) => type is Pdf or Zip or Word or Excel or PowerPoint || (type.StartsWith("image/", StringComparison.Ordinal) && type is not "image/tiff" and not "image/svg+xml") || type.StartsWith("video/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal);

    /// <summary>A program by its name.</summary>
    public static bool IsProgramName(string name) => Programs.Contains(FileNames.Ending(name));

    /// <summary>Whether the ending of a name promises what the content is.</summary>
    public static bool Fits(string name, string type) => !Endings.TryGetValue(FileNames.Ending(name), out var types) || types.Contains(type);

    /// <summary>The media type of a seekable content, by its bytes and, among texts, by its name.</summary>
    public static async Task<string> Of(Stream content, string name, CancellationToken cancel)
    {
        var head = new byte[Head];
        content.Position = 0;
        var length = await content.ReadAtLeastAsync(head, Head, throwOnEndOfStream: false, cancel);
        return Signature(head.AsSpan(0, length)) switch
        {
            Zip => Zipped(content),
            null => OfText(head.AsSpan(0, length), name),
            var known => known,
        };
    }

    private static string? Signature(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => Pdf,
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => Zip,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => OldOffice,
        [(byte)'M', (byte)'Z', ..] or [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] or [0xCA, 0xFE, 0xBA, 0xBE, ..] or [0xCF or 0xCE, 0xFA, 0xED, 0xFE, ..] => Program,
        [(byte)'#', (byte)'!', ..] => Program,
        [(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f', ..] => "application/rtf",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Brand(head),
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [(byte)'I', (byte)'I', (byte)'*', 0, ..] or [(byte)'M', (byte)'M', 0, (byte)'*', ..] => "image/tiff",
        _ => null,
    };

    private static string Brand(ReadOnlySpan<byte> head) => head.Length < 12 ? Unknown : Encoding.ASCII.GetString(head[8..12]) switch
    {
        "heic" or "heix" or "hevc" or "heim" or "heis" or "mif1" or "msf1" or "avif" or "avis" => Heif,
        "M4A " => "audio/mp4",
        _ => "video/mp4",
    };

    /// <summary>Office documents are archives: the names inside tell which. Only the table of contents is read, and no long one.</summary>
    private static string Zipped(Stream content)
    {
        if (TableOf(content) > MostTable)
        {
            return Zip;
        }
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            var names = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
            return !names.Contains("[Content_Types].xml") ? names.Contains("META-INF/MANIFEST.MF") || names.Contains("AndroidManifest.xml") ? Program : Zip
                : names.Contains("word/document.xml") ? Word : names.Contains("xl/workbook.xml") ? Excel : names.Contains("ppt/presentation.xml") ? PowerPoint : Zip;
        }
        catch (InvalidDataException)
        {
            return Zip;
        }
    }

    /// <summary>Bytes of an archive's table of contents, as its last record says (APPNOTE 4.3.16); the most where there is none.</summary>
    internal static uint TableOf(Stream content)
    {
        var tail = new byte[(int)Math.Min(content.Length, ushort.MaxValue + 22)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        return end < 0 || end + 16 > tail.Length ? uint.MaxValue : System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
    }

    /// <summary>Text is what is valid UTF-8 without NUL, or begins as UTF-16 does.</summary>
    private static string OfText(ReadOnlySpan<byte> head, string name)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return Text;
        }
        // The last letter may have been cut in two.
        var whole = head.Length < Head ? head : head[..^4];
        if (head.IsEmpty || head.Contains((byte)0) || !IsUtf8(whole, head.Length == Head))
        {
            return Unknown;
        }
        var start = Encoding.UTF8.GetString(head[..Math.Min(head.Length, 1024)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return start.StartsWith('<') ? start.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? "image/svg+xml" : "text/html"
            : FileNames.Ending(name) switch { "md" or "markdown" => Markdown, "csv" => Csv, "htm" or "html" or "xhtml" => "text/html", "svg" => "image/svg+xml", _ => Text };
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes, bool mayEndInside)
    {
        for (var cut = 0; cut <= (mayEndInside ? 3 : 0) && cut < bytes.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^cut]))
            {
                return true;
            }
        }
        return false;
    }
}
