using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound.Mime;

/// <summary>Whether a sender is who the mail says, and a person at all.</summary>
public sealed class SenderTests
{
    private const string Pass = "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=x; dmarc=pass (p=none) header.from=tripoli.example.org\n";
    private const string Received = "Received: from mail.tripoli.example.org by mx.example.org; Thu, 26 Nov 2026 10:00:00 +0000\n";

    [Theory]
    [InlineData(Pass + Received, true)]
    [InlineData("X-Spam: no\n" + Pass + Received, true)]
    [InlineData("Authentication-Results: MX.example.org 1;\n dkim=fail;\n DMARC = PASS header.from=x\n" + Received, true)]
    [InlineData("Authentication-Results: \"mx.example.org\"; dmarc/1=pass\n", true)]
    [InlineData("Authentication-Results: other.example.org; dmarc=fail\n" + Pass + Received, true)]
    [InlineData(Received + Pass, null)]
    [InlineData("Authentication-Results: mx.example.org; dmarc=fail\n" + Pass + Received, false)]
    [InlineData("Authentication-Results: mx.example.org; dmarc=fail; dmarc=pass\n", false)]
    [InlineData("Authentication-Results: mx.example.org; dmarc=none (dmarc=pass)\n", false)]
    [InlineData("Authentication-Results: mx.example.org; spf=pass reason=\"; dmarc=pass\"\n", false)]
    [InlineData("Authentication-Results: mx.example.org; none\n", false)]
    [InlineData("Authentication-Results: mx.example.org.evil.example.net; dmarc=pass\n", null)]
    [InlineData("Authentication-Results: mx.example.org 2; dmarc=pass\n", null)]
    [InlineData("Authentication-Results: mx.example.org dmarc=pass\n", null)]
    [InlineData("X-Authentication-Results: mx.example.org; dmarc=pass\n", null)]
    [InlineData("", null)]
    public void Only_the_own_servers_newest_finding_counts(string headers, bool? pass)
    {
        var read = Eml.Read(headers + "From: rana.khoury@tripoli.example.org\n\n");
        Assert.Equal(pass, read.AuthenticationResults("mx.example.org")?.IsDmarcPass);
        Assert.Null(read.AuthenticationResults(""));
    }

    [Theory]
    [InlineData("", "rana@example.org", false)]
    [InlineData("", null, false)]
    [InlineData("", "", true)]
    [InlineData("", "<>", true)]
    [InlineData("Return-Path: <>\n", null, true)]
    [InlineData("Auto-Submitted: no\n", null, false)]
    [InlineData("Auto-Submitted: No (really)\n", null, false)]
    [InlineData("Auto-Submitted: auto-replied; owner-email=x\n", null, true)]
    [InlineData("Auto-Submitted: auto-generated\n", null, true)]
    [InlineData("Precedence: Bulk\n", null, true)]
    [InlineData("Precedence: first-class\n", null, false)]
    [InlineData("List-Id: <list.example.org>\n", null, true)]
    [InlineData("X-Autoreply: yes\n", null, true)]
    [InlineData("Content-Type: multipart/report; boundary=b\n", null, true)]
    public void Programs_are_told_from_people(string headers, string? envelopeFrom, bool automatic) =>
        Assert.Equal(automatic, Eml.Read(headers + "From: rana.khoury@tripoli.example.org\n\n").IsAutomatic(envelopeFrom));
}
