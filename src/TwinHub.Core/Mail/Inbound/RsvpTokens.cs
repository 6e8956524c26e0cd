using TwinHub.Core.Mail.Inbound.Mime;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>The rsvp addresses a mail was sent to: by its envelope, else by what its headers say.</summary>
public static class RsvpTokens
{
    private const string Prefix = "rsvp+";
    private const int Most = 10;
    private static readonly string[] Fields = ["Delivered-To", "X-Original-To", "To", "Cc"];

    /// <summary>The tokens in lower case, as some servers change the case of addresses.</summary>
    public static IReadOnlyList<string> Of(ArrivedMail mail, ReceivedMail read)
    {
        var envelope = In(Mailbox.Read(mail.EnvelopeTo));
        return envelope.Count > 0 ? envelope : In(Fields.SelectMany(field => read.Headers.All(field)).SelectMany(header => Mailbox.Read(header.Raw)));
    }

    private static List<string> In(IEnumerable<Mailbox> people) =>
        [.. people.Select(one => Token(one.Address)).OfType<string>().Distinct().Take(Most)];

    private static string? Token(string address)
    {
        var local = address.Split('@')[0].Trim('"').ToLowerInvariant();
        return local.Length > Prefix.Length && local.StartsWith(Prefix, StringComparison.Ordinal) ? local[Prefix.Length..] : null;
    }
}
