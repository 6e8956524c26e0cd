using System.Net.Mail;

namespace TwinHub.Core.People;

/// <summary>The mail addresses the hub takes: one plain address, ASCII, at most 254 characters (RFC 5321, 4.5.3.1.3).</summary>
public static class EmailAddress
{
    public const int MaxLength = 254;

    /// <summary>The form in which addresses are stored and compared.</summary>
    public static string Normal(string address) => address.Trim().ToLowerInvariant();

    public static bool IsValid(string? address) =>
        address is { Length: > 2 and <= MaxLength }
        && address.All(c => c is > ' ' and < (char)127 and not ('<' or '>' or '"' or ',' or ';' or '(' or ')' or '\\'))
        && MailAddress.TryCreate(address, out var parsed)
        && parsed.Address == address && parsed.Host.Contains('.', StringComparison.Ordinal);
}
