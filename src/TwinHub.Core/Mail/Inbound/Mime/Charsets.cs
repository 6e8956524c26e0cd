using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>Bytes to text by the names mails use for character sets.</summary>
public static class Charsets
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes; what is not of the set becomes U+FFFD, a byte order mark and NUL go, an unknown set is read as Latin-1.</summary>
    /// <returns>Null for UTF-7: it hides markup from whoever checked the bytes.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var name = Canonical(charset);
        if (name.EndsWith("utf-7", StringComparison.Ordinal) || name is "utf7" or "65000")
        {
            return null;
        }
        return name is "" or "us-ascii" or "ascii" or "ansi_x3.4-1968" ? Guess(bytes) : Clean(Find(name).GetString(bytes));
    }

    /// <summary>Text whose set is not told, or told to be ASCII and is not: UTF-8 if it is valid, else Windows-1252.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Clean(Encoding.ASCII.GetString(bytes));
        }
        return Clean(System.Text.Unicode.Utf8.IsValid(bytes) ? Strict.GetString(bytes) : Find("windows-1252").GetString(bytes));
    }

    private static string Canonical(string? charset)
    {
        var name = (charset ?? "").Trim().Trim('"', '\'').ToLowerInvariant();
        return name switch { "utf8" => "utf-8", "latin1" => "iso-8859-1", "cp1252" => "windows-1252", "cp1254" => "windows-1254", "cp1256" => "windows-1256", _ => name };
    }

    /// <summary>Never asks the framework for a name it may not know: it answers with an exception, and a mail can ask very often.</summary>
    private static Encoding Find(string name) => name switch
    {
        "utf-8" => Encoding.UTF8,
        "utf-16" or "utf-16le" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.Latin1,
    };

    private static string Clean(string text) =>
        (text.StartsWith('\uFEFF') ? text[1..] : text).Replace("\0", "", StringComparison.Ordinal);
}
