using System.Text;

namespace TwinHub.Core.Calendar;

/// <summary>Calendar addresses: mail addresses as <c>mailto:</c> URIs (RFC 5545, 3.3.3; RFC 6068, 2).</summary>
internal static class CalendarAddress
{
    private const string Scheme = "mailto:";
    private const string Plain = "-._~!$'()*+,:@";

    /// <summary>The URI; what the rules for URIs reserve is percent-encoded.</summary>
    public static string Write(string address)
    {
        var uri = new StringBuilder(Scheme);
        foreach (var octet in Encoding.UTF8.GetBytes(address))
        {
            _ = char.IsAsciiLetterOrDigit((char)octet) || Plain.Contains((char)octet, StringComparison.Ordinal)
                ? uri.Append((char)octet)
                : uri.Append('%').Append(Convert.ToHexString([octet]));
        }
        return uri.ToString();
    }

    /// <summary>
    /// The address in lower case, or null when it is none. What stands before the last <c>mailto:</c> is passed over: some
    /// clients write it twice, and an unquoted SENT-BY brings its own.
    /// </summary>
    public static string? Read(string? uri)
    {
        if (uri is null || uri.LastIndexOf(Scheme, StringComparison.OrdinalIgnoreCase) is not (var at and >= 0))
        {
            return Bare(uri);
        }
        var encoded = uri[(at + Scheme.Length)..].Split('?', 2)[0];
        return Bare(Uri.UnescapeDataString(encoded));
    }

    private static string? Bare(string? text)
    {
        var address = text?.Trim(' ', '\t', '<', '>', '"') ?? "";
        return address.Length is > 2 and <= CalendarLimits.Name
            && address.IndexOf('@') is var at && at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1
            && address[0] != '/' && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ':' or '<' or '>')
            ? address.ToLowerInvariant()
            : null;
    }
}
