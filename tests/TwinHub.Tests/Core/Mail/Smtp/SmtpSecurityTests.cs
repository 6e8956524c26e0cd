using System.Text;
using TwinHub.Core.Mail;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>No mail and no password in the clear, and none to a stranger.</summary>
public sealed class SmtpSecurityTests : IDisposable
{
    private readonly TestCertificate _right = new("localhost");
    private readonly TestCertificate _wrong = new("elsewhere.example.org");

    public void Dispose()
    {
        _right.Dispose();
        _wrong.Dispose();
    }

    [Theory]
    [InlineData(MailOptions.StartTls)]
    [InlineData(MailOptions.Tls)]
    public async Task Everything_that_matters_is_said_encrypted(string security)
    {
        await using var server = new ScriptedSmtp { Certificate = _right.Certificate, ImplicitTls = security == MailOptions.Tls, Offers = ["AUTH PLAIN LOGIN"] };
        await using var client = new SmtpClient(server, options => Trusting(options, security));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("sent", (await client.Send()).State);
        }
        Assert.All(server.Said.Where(one => !one.Encrypted), one => Assert.Matches("^(EHLO|STARTTLS)", one.Line));
        Assert.Equal("AUTH PLAIN " + Convert.ToBase64String("\0hub\0Şifre 1"u8), Assert.Single(server.Lines("AUTH")));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Without_starttls_nothing_is_sent_and_the_log_says_why()
    {
        await using var server = new ScriptedSmtp { Offers = ["AUTH PLAIN"] };
        await using var client = new SmtpClient(server, options => Trusting(options, MailOptions.StartTls));
        Assert.Equal("away", (await client.Send()).State);
        Assert.Single(server.Said);
        Assert.Contains("STARTTLS", Assert.Single(client.Logged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available")]
    [InlineData("220 2.0.0 Go ahead\r\n250 2.0.0 Said before the encryption")]
    [InlineData("501 5.5.4 No")]
    public async Task A_server_that_fails_at_starttls_gets_nothing(string answer)
    {
        await using var server = new ScriptedSmtp((said, _) => said == "STARTTLS" ? answer : null) { Certificate = _right.Certificate };
        await using var client = new SmtpClient(server, options => Trusting(options, MailOptions.StartTls));
        Assert.Equal("away", (await client.Send()).State);
        Assert.Equal(2, server.Said.Count);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("authority")]
    public async Task A_certificate_of_another_name_or_of_no_known_authority_is_refused(string wrong)
    {
        await using var server = new ScriptedSmtp { Certificate = wrong == "name" ? _wrong.Certificate : _right.Certificate };
        await using var client = new SmtpClient(server, options => Trusting(options, MailOptions.StartTls) with { Authorities = wrong == "name" ? _wrong.PemFile : "" });
        Assert.Equal("away", (await client.Send()).State);
        Assert.Empty(server.Lines("AUTH"));
        Assert.Empty(server.Lines("MAIL"));
        Assert.Contains("Mail:Authorities", Assert.Single(client.Logged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_tls_on_a_tls_port_is_away()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server, options => Trusting(options, MailOptions.Tls));
        Assert.Equal("away", (await client.Send()).State);
        Assert.DoesNotContain(server.Said, one => one.Line.Contains("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Login_serves_where_plain_is_not_offered()
    {
        await using var server = new ScriptedSmtp { Offers = ["AUTH=LOGIN"] };
        await using var client = new SmtpClient(server, options => options with { User = "hub", Password = "Şifre 1" });
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal(["AUTH LOGIN", Convert.ToBase64String("hub"u8), Convert.ToBase64String(Encoding.UTF8.GetBytes("Şifre 1"))], server.Said.Select(one => one.Line).Skip(1).Take(3));
    }

    [Theory]
    [InlineData("AUTH PLAIN")]
    [InlineData("AUTH LOGIN")]
    [InlineData("AUTH CRAM-MD5")]
    public async Task A_refused_sign_in_is_told_to_the_administrator_once_and_not_repeated_at_once(string offer)
    {
        await using var server = new ScriptedSmtp((said, _) => said.StartsWith("AUTH", StringComparison.Ordinal) ? "535 5.7.8 No such user hub@example.org" : null) { Offers = [offer] };
        await using var client = new SmtpClient(server, options => options with { User = "hub", Password = "Şifre 1" });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("away", (await client.Send()).State);
        }
        Assert.Equal(1, server.Connections);
        var line = Assert.Single(client.Logged);
        Assert.StartsWith("Error: ", line, StringComparison.Ordinal);
        Assert.Contains("Mail:User", line, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", line, StringComparison.Ordinal);
        Assert.DoesNotContain("ifre", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_do_not_show_their_secrets() =>
        Assert.DoesNotContain("secret", new MailOptions { Password = "secret", InboundSecret = "secret" }.ToString(), StringComparison.Ordinal);

    private MailOptions Trusting(MailOptions options, string security) =>
        options with { Security = security, User = "hub", Password = "Şifre 1", Authorities = _right.PemFile };
}
