using TwinHub.Core.Mail;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail;

public sealed class TransportsTests(CoreFixture fixture) : IClassFixture<CoreFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("twinhub-mail-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_mail_is_one_file_whole_and_of_the_same_name_at_every_attempt()
    {
        var transport = new FolderTransport(new MailOptions { Folder = Path.Combine(_folder, "not there yet") });
        var mail = new OutgoingMail(Guid.CreateVersion7(), "<a@example.org>", "twinhub@example.org", "rana@example.org", null, [1, 0, 255], 1);

        Assert.Equal(Delivery.Sent, await transport.Send(mail, Cancel));
        Assert.Equal(Delivery.Sent, await transport.Send(mail with { Attempts = 2 }, Cancel));

        var file = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.Equal($"{mail.Id}.eml", Path.GetFileName(file));
        Assert.Equal(mail.Content, await File.ReadAllBytesAsync(file, Cancel));
    }

    [Fact]
    public async Task The_demo_mailbox_shows_every_delivery_byte_for_byte()
    {
        var id = await fixture.Scalar<Guid>("""
            insert into emails (id, message_id, recipient, kind, language, subject, about, content, next_at, created_at)
            values (gen_random_uuid(), '<a@example.org>', 'rana@example.org', 'test', 'en', 'Subject', '{}', '\x0100ff', now(), now()) returning id
            """);
        var transport = new MailboxTransport(fixture.Source, fixture.Get<TwinHub.Core.HubClock>());
        var mail = new OutgoingMail(id, "<a@example.org>", "twinhub@example.org", "rana@example.org", null, [1, 0, 255], 1);

        await transport.Send(mail, Cancel);
        await transport.Send(mail with { Attempts = 2 }, Cancel);

        Assert.Equal([mail.Content, mail.Content], await fixture.Rows<byte[]>("select content from mailbox where email_id = $1", id));
    }
}
