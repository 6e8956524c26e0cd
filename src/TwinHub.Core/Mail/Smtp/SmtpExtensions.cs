using System.Globalization;

namespace TwinHub.Core.Mail.Smtp;

/// <summary>What a mail server offers beyond the minimum: the lines of its answer to EHLO (RFC 5321, 4.1.1.1).</summary>
public sealed class SmtpExtensions
{
    /// <summary>A server that knows only HELO.</summary>
    public static readonly SmtpExtensions None = new([]);

    private readonly Dictionary<string, string> _offers = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="lines">All lines of the answer; the first is the server's name.</param>
    public SmtpExtensions(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Skip(1))
        {
            // AUTH=LOGIN is how servers said it before there was a standard.
            var end = line.AsSpan().IndexOfAny(' ', '=');
            _offers.TryAdd(end < 0 ? line : line[..end], end < 0 ? "" : line[(end + 1)..]);
        }
    }

    public bool Offers(string name) => _offers.ContainsKey(name);

    /// <summary>The ways to sign in, such as PLAIN.</summary>
    public bool OffersSignIn(string mechanism) =>
        _offers.TryGetValue("AUTH", out var ways) && ways.Split(' ').Contains(mechanism, StringComparer.OrdinalIgnoreCase);

    /// <summary>The largest mail the server takes, in octets (RFC 1870); 0: it does not say.</summary>
    public long MaxSize =>
        _offers.TryGetValue("SIZE", out var size) && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var octets) ? octets : 0;
}
