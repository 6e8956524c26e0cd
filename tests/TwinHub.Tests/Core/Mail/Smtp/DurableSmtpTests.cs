using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TwinHub.Core.Mail.Smtp;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>Before a mail server that others wrote, which stores durably.</summary>
public sealed class DurableSmtpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("twinhub-smtp-").FullName;
    private readonly TestCertificate _certificate = new("localhost");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _certificate.Dispose();
    }

    [Fact]
    public async Task Mails_arrive_byte_for_byte_over_encrypted_connections_with_a_sign_in()
    {
        await using var server = await DurableSmtp.Start(_folder, _certificate.PemFile, _certificate.KeyFile, "hub", "Şifre 1");
        await using var transport = Transport(server, password: "Şifre 1");
        var mails = Enumerable.Range(0, 40).Select(i => SmtpClient.Mail($"person{i}@example.org", $"Message-ID: <{i}@example.org>\r\n\r\n..\r\n.\r\n{new string('x', i * 20)}\r\n.end\r\n")).ToList();

        var deliveries = await Task.WhenAll(mails.Select(mail => transport.Send(mail, TestContext.Current.CancellationToken)));

        Assert.All(deliveries, delivery => Assert.StartsWith("250 2.0.0 Stored as ", delivery.Detail, StringComparison.Ordinal));
        Assert.Equal(mails.Select(mail => (mail.Recipient, Encoding.UTF8.GetString(mail.Content))).Order(),
            server.Stored().Select(mail => (mail.Recipient, Encoding.UTF8.GetString(mail.Content))).Order());
    }

    [Fact]
    public async Task A_wrong_password_is_the_administrators_business()
    {
        await using var server = await DurableSmtp.Start(_folder, _certificate.PemFile, _certificate.KeyFile, "hub", "Şifre 1");
        await using var transport = Transport(server, password: "wrong");
        var delivery = await transport.Send(SmtpClient.Mail(), TestContext.Current.CancellationToken);
        Assert.Equal("away", delivery.State);
        Assert.Contains("Mail:Password", delivery.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Stored());
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_loses_nothing_and_repeats_at_most_what_was_under_way()
    {
        await using var server = await DurableSmtp.Start(_folder, _certificate.PemFile, _certificate.KeyFile, "hub", "Şifre 1");
        await using var transport = Transport(server, password: "Şifre 1");
        var mails = Enumerable.Range(0, 60).Select(i => SmtpClient.Mail($"person{i}@example.org", $"Message-ID: <{i}@example.org>\r\n\r\n{i}\r\n")).ToList();
        var sending = Task.WhenAll(mails.Select(mail => Eventually.True(async () => (await transport.Send(mail, TestContext.Current.CancellationToken)).State == "sent", mail.Recipient)));
        await Eventually.True(() => server.Stored().Count > 10, "mails are on their way");

        await server.KillAndRestart();
        await sending;

        var stored = server.Stored().GroupBy(mail => mail.Recipient, mail => Encoding.UTF8.GetString(mail.Content)).ToList();
        Assert.Equal(60, stored.Count);
        Assert.All(stored, copies => Assert.Single(copies.Distinct()));
        Assert.InRange(stored.Sum(copies => copies.Count()), 60, 64);
    }

    private SmtpTransport Transport(DurableSmtp server, string password) =>
        new(SmtpClient.Patience(new() { Host = "localhost", Port = server.Port, User = "hub", Password = password, Authorities = _certificate.PemFile }), TimeProvider.System, NullLogger<SmtpTransport>.Instance);
}
