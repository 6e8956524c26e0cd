namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>A mail that was read, with what the hub wants to know of it.</summary>
public sealed class ReceivedMail(MimePart root)
{
    public MimePart Root => root;

    public MimeHeaders Headers => root.Headers;

    public string? Subject => Headers.Text("Subject");

    /// <summary>With its angle brackets.</summary>
    public string? MessageId => Headers.Raw("Message-ID");

    /// <summary>Everybody in every From field. More than one: nobody can say who wrote it.</summary>
    public IReadOnlyList<Mailbox> From => People("From");

    public IReadOnlyList<Mailbox> To => People("To");

    public IReadOnlyList<Mailbox> Sender => People("Sender");

    /// <summary>The calendar objects in the order in which they count: text/calendar, then attached files (invitations, rule 27). None of attached mails.</summary>
    public IReadOnlyList<MimePart> CalendarParts()
    {
        var own = root.Own().Where(part => !part.IsMultipart && !part.IsMail).ToList();
        return [.. own.Where(IsCalendar), .. own.Where(part => !IsCalendar(part) && IsCalendarFile(part))];
    }

    /// <summary>What the sender wrote, as plain text: of alternatives the plain one, of mixed parts all; null: there is none. Lines end with \n.</summary>
    public string? PlainText() => PlainText(root)?.ReplaceLineEndings("\n");

    /// <summary>What the notice says of each recipient (RFC 3464); empty: this is no delivery report.</summary>
    public IReadOnlyList<DeliveryReport> DeliveryReports() => DeliveryReport.Read(this);

    /// <summary>What the own mail server found about the sender (RFC 8601); null: it says nothing, or nothing that can be believed.</summary>
    /// <param name="authservId">The name under which the own mail server writes; empty: nobody is believed.</param>
    public AuthenticationResults? AuthenticationResults(string authservId) => Mime.AuthenticationResults.Read(Headers, authservId);

    /// <summary>Written by a program (RFC 3834, 2): never answered, never posted. A calendar's answer may be so and still count (rule 31).</summary>
    /// <param name="envelopeFrom">The envelope's sender; empty: the null sender, which bounces have. Null: not known.</param>
    public bool IsAutomatic(string? envelopeFrom) =>
        envelopeFrom is "" or "<>"
        || Headers.Raw("Return-Path") is "<>"
        || (Headers.Raw("Auto-Submitted") is { } submitted && HeaderValue.Read(submitted).Value != "no")
        || Headers.Raw("Precedence")?.ToLowerInvariant() is "bulk" or "junk" or "list" or "auto_reply"
        || Headers.All("List-Id").Any() || Headers.All("X-Autoreply").Any() || Headers.All("X-Autorespond").Any()
        || root.Type == "multipart/report";

    private List<Mailbox> People(string field) => [.. Headers.All(field).SelectMany(header => Mailbox.Read(header.Raw))];

    private static bool IsCalendar(MimePart part) => part.Type == "text/calendar";

    private static bool IsCalendarFile(MimePart part) =>
        part.Type is "application/ics" or "text/x-vcalendar" || part.FileName?.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) == true;

    private static string? PlainText(MimePart part)
    {
        if (part.IsMultipart)
        {
            var texts = part.Parts.Select(PlainText).OfType<string>().ToList();
            // Programs that put a picture between two paragraphs make several plain parts of one text.
            return part.Type == "multipart/alternative" ? texts.FirstOrDefault() : texts.Count > 0 ? string.Join('\n', texts) : null;
        }
        return part is { Type: "text/plain", IsAttachment: false } ? part.Text() : null;
    }
}
