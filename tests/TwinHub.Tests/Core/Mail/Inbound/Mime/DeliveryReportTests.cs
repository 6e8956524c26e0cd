using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound.Mime;

/// <summary>Bounces as mail servers write them (RFC 3464).</summary>
public sealed class DeliveryReportTests
{
    [Fact]
    public void Postfix_says_who_why_and_which_mail()
    {
        var report = Assert.Single(Eml.Read(Report("""
            Reporting-MTA: dns; mx.example.org
            X-Postfix-Queue-ID: 4F1
            Arrival-Date: Thu, 26 Nov 2026 10:00:00 +0000 (UTC)

            Final-Recipient: rfc822; rana.khoury@tripoli.example.org
            Original-Recipient: rfc822;rana@example.org
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.tripoli.example.org
            Diagnostic-Code: smtp; 550 5.1.1 <rana.khoury@tripoli.example.org>: Recipient
                address rejected: User unknown
            """, "message/rfc822", "Message-ID: <one@example.org>\nSubject: Webinar\n\nHello")).DeliveryReports());
        Assert.Equal(("rana.khoury@tripoli.example.org", "failed", "5.1.1", "rana@example.org", "<one@example.org>"), (report.Recipient, report.Action, report.Status, report.Original, report.MessageId));
        Assert.StartsWith("smtp; 550 5.1.1", report.Diagnostic, StringComparison.Ordinal);
        Assert.True(report.IsFinal);
    }

    [Fact]
    public void Exchange_sends_headers_only_and_a_comment_in_the_status()
    {
        var report = Assert.Single(Eml.Read(Report("""
            Reporting-MTA: dns;AM0PR01.example.org

            Final-recipient: RFC822;<rana.khoury@tripoli.example.org>
            Action: Failed (permanent)
            Status: 5.2.2 (mailbox full)
            """, "text/rfc822-headers", "From: hub@example.org\nMessage-ID:\n <two@example.org>\n")).DeliveryReports());
        Assert.Equal(("rana.khoury@tripoli.example.org", "failed", "5.2.2", "<two@example.org>", true), (report.Recipient, report.Action, report.Status, report.MessageId, report.IsFinal));
    }

    [Fact]
    public void Gmail_puts_its_text_in_a_related_part_and_reports_several_recipients()
    {
        var reports = Eml.Read($"""
            From: Mail Delivery Subsystem <mailer-daemon@example.net>
            Content-Type: multipart/report; boundary="g"; report-type=delivery-status
            Auto-Submitted: auto-replied

            --g
            Content-Type: multipart/related; boundary="r"

            --r
            Content-Type: text/plain; charset=UTF-8

            Address not found
            --r--
            --g
            Content-Type: message/delivery-status
            Content-Transfer-Encoding: base64

            {Eml.Base64("Reporting-MTA: dns; googlemail.example.net\n\nFinal-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; b@example.org\nAction: delayed\nDiagnostic-Code: smtp; 451-4.2.1 Come back\n\n\nFinal-Recipient: rfc822; c@example.org\nAction: failed\nStatus: 4.4.7\n")}
            --g--
            """).DeliveryReports();
        Assert.Equal([("a@example.org", "5.1.1", true), ("b@example.org", "4.2.1", false), ("c@example.org", "4.4.7", false)], reports.Select(report => (report.Recipient, report.Status, report.IsFinal)));
        Assert.All(reports, report => Assert.Null(report.MessageId));
    }

    [Fact]
    public void What_only_looks_like_a_report_is_none()
    {
        Assert.Empty(Eml.Read("Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n").DeliveryReports());
        Assert.Empty(Eml.Read(Report("Final-Recipient:\nAction: failed", "text/plain", "")).DeliveryReports());
        var forwarded = Report("x: y\n\nFinal-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1", "text/plain", "");
        Assert.Empty(Eml.Read("Content-Type: multipart/mixed; boundary=out\n\n--out\nContent-Type: message/rfc822\n\n" + forwarded + "\n--out--").DeliveryReports());
    }

    [Fact]
    public void A_report_of_ten_thousand_recipients_is_read_only_so_far()
    {
        var status = "x: y\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"\nFinal-Recipient: rfc822; p{i}@example.org\nAction: failed\nStatus: 5.1.1\n"));
        Assert.Equal(100, Eml.Read(Report(status, "text/plain", "")).DeliveryReports().Count);
    }

    private static string Report(string status, string returnedType, string returned) => $"""
        From: MAILER-DAEMON <>
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="4F1.1"

        --4F1.1
        Content-Description: Notification

        I'm sorry to have to inform you.
        --4F1.1
        Content-Type: message/delivery-status

        {status}

        --4F1.1
        Content-Type: {returnedType}

        {returned}
        --4F1.1--
        """;
}
