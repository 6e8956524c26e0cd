namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>What became of a mail for one recipient, as a mail server reports it (RFC 3464, 2.3).</summary>
/// <param name="Recipient">The final recipient.</param>
/// <param name="Action"><c>failed</c>, <c>delayed</c>, <c>delivered</c>, <c>relayed</c> or <c>expanded</c>.</param>
/// <param name="Status">Such as 5.1.1 (RFC 3463); empty: not told.</param>
/// <param name="Original">The address the mail was sent to, before it was forwarded; null: not told.</param>
/// <param name="MessageId">Of the mail that came back, with its angle brackets; null: not told.</param>
public sealed record DeliveryReport(string Recipient, string Action, string Status, string Diagnostic, string? Original, string? MessageId)
{
    private const int Most = 100;
    private const int MaxBytes = 256 * 1024;

    /// <summary>For good (invitations, rule 36): the address is marked. A passing trouble is not.</summary>
    public bool IsFinal => Action == "failed" && Status.StartsWith("5.", StringComparison.Ordinal);

    internal static IReadOnlyList<DeliveryReport> Read(ReceivedMail mail)
    {
        if (mail.Root.Type != "multipart/report")
        {
            return [];
        }
        var returned = Returned(mail.Root);
        return [.. mail.Root.Own().Where(part => part.Type is "message/delivery-status" or "message/global-delivery-status")
            .SelectMany(Blocks).Select(fields => Of(fields, returned)).OfType<DeliveryReport>().Take(Most)];
    }

    /// <summary>Groups of fields with empty lines between them: the first is about the mail, each other about a recipient.</summary>
    private static IEnumerable<MimeHeaders> Blocks(MimePart part)
    {
        ReadOnlyMemory<byte> rest = part.Content();
        rest = rest[..Math.Min(rest.Length, MaxBytes)];
        var reader = new HeaderReader(new());
        while (rest.Length > 0 && reader.Fault is null)
        {
            var (fields, end) = reader.Read(rest);
            if (fields.Count > 0)
            {
                yield return fields;
            }
            rest = rest[end..];
        }
    }

    private static DeliveryReport? Of(MimeHeaders fields, string? messageId)
    {
        if (Address(fields.Raw("Final-Recipient")) is not { } recipient)
        {
            return null;
        }
        var diagnostic = fields.Text("Diagnostic-Code") ?? "";
        var status = Status3(fields.Raw("Status")) ?? Status3(diagnostic[(diagnostic.IndexOf(';', StringComparison.Ordinal) + 1)..]) ?? "";
        return new(recipient, HeaderValue.Read(fields.Raw("Action")).Value, status, diagnostic, Address(fields.Raw("Original-Recipient")), messageId);
    }

    /// <summary>"rfc822; rana@example.org": a kind and an address, which may stand in angle brackets.</summary>
    private static string? Address(string? raw)
    {
        var address = raw?[(raw.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>');
        return string.IsNullOrEmpty(address) ? null : address;
    }

    /// <summary>The first word that is an enhanced status, among the first few.</summary>
    private static string? Status3(string? text) =>
        text?.Split([' ', '(', '-', '#', ')', ';'], 8, StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word.Split('.') is [("2" or "4" or "5"), var subject, var detail] && IsNumber(subject) && IsNumber(detail));

    private static bool IsNumber(string text) => text.Length is > 0 and <= 3 && text.All(char.IsAsciiDigit);

    /// <summary>The Message-ID of the mail that came back, whole or its headers only.</summary>
    private static string? Returned(MimePart report)
    {
        foreach (var part in report.Own())
        {
            var headers = part.IsMail ? part.Parts.Select(mail => mail.Headers).FirstOrDefault()
                : part.Type is "text/rfc822-headers" or "message/global-headers" ? new HeaderReader(new()).Read(part.Content()).Headers : null;
            if (headers?.Raw("Message-ID") is { } id)
            {
                return id;
            }
        }
        return null;
    }
}
