using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Mail;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail;

public sealed class OutboxTests(CoreFixture fixture) : IClassFixture<CoreFixture>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.Execute("delete from emails");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_mail_is_queued_with_its_cause_or_not_at_all()
    {
        await Queue(Letter(), commit: false);
        Assert.Equal(0, await fixture.Scalar<long>("select count(*) from emails"));
        await Queue(Letter(), commit: true);
        Assert.Equal("queued", await fixture.Scalar<string>("select state from emails where attempts = 0 and lease_until is null and sent_at is null"));
    }

    [Fact]
    public async Task The_notice_leaves_with_the_commit_and_never_without()
    {
        await using var listener = await fixture.Source.OpenConnectionAsync(Cancel);
        var heard = new List<string>();
        listener.Notification += (_, notice) => heard.Add(notice.Payload);
        await new NpgsqlCommand($"listen {Notice.DatabaseChannel}", listener).ExecuteNonQueryAsync(Cancel);

        await Queue(Letter(), commit: false);
        await fixture.Source.Notify(new("after-rollback", ""), Cancel);
        await Queue(Letter(), commit: true);
        await fixture.Source.Notify(new("after-commit", ""), Cancel);

        while (!heard.Contains("after-commit"))
        {
            Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(5), Cancel), "a notice comes");
        }
        Assert.Equal(["after-rollback", Notice.MailQueued, "after-commit"], heard);
    }

    [Fact]
    public async Task The_row_says_what_the_mail_is_about_in_whose_language_and_why_it_is_sent()
    {
        await Queue(Letter() with { About = new Dictionary<string, string> { ["group"] = "tripoli-gaziantep", ["kind"] = "forged" }, Reason = "sign-in-link:01" }, commit: true);

        var about = JsonDocument.Parse(await fixture.Scalar<string>("select about::text from emails")).RootElement;
        Assert.Equal(("test", "tripoli-gaziantep"), (about.GetProperty("kind").GetString(), about.GetProperty("group").GetString()));
        Assert.Equal("rana@example.org test ar موضوع sign-in-link:01", await fixture.Scalar<string>("select concat_ws(' ', recipient, kind, language, subject, reason) from emails"));
    }

    [Fact]
    public async Task Each_mail_has_a_Message_ID_of_its_own_at_the_senders_domain_in_row_and_header()
    {
        await Queue(Letter(), commit: true);
        await Queue(Letter(), commit: true);

        var ids = await fixture.Rows<string>("select message_id from emails order by id");
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^<[0-9a-f-]{36}@localhost\\.localdomain>$", id));
        var mails = (await fixture.Rows<byte[]>("select content from emails order by id")).Select(ParsedMail.Read).ToList();
        Assert.Equal(ids, mails.Select(mail => mail["Message-ID"]));
        Assert.All(mails, mail => Assert.Equal(("موضوع", "رنا"), (ParsedMail.Decode(mail["Subject"]), mail.Mailbox("To").Name)));
    }

    [Fact]
    public async Task Both_parts_say_everything()
    {
        await Queue(Letter(), commit: true);
        var mail = ParsedMail.Read(await fixture.Scalar<byte[]>("select content from emails"));
        Assert.All(mail.Parts, part => Assert.All(["جملة &", "https://twinhub.example.org/x?a=1&b=2", "لأنك عضو"],
            text => Assert.Contains(text, System.Net.WebUtility.HtmlDecode(part.Text), StringComparison.Ordinal)));
        Assert.Contains("&amp;", mail.Parts[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hundreds_of_letters_become_a_row_each_with_one_notice_and_are_read_one_by_one()
    {
        await using var listener = await fixture.Source.OpenConnectionAsync(Cancel);
        var heard = new List<string>();
        listener.Notification += (_, notice) => heard.Add(notice.Payload);
        await new NpgsqlCommand($"listen {Notice.DatabaseChannel}", listener).ExecuteNonQueryAsync(Cancel);
        var made = 0;

        var ids = await QueueAll(Enumerable.Range(0, 500).Select(i => Letter() with { Subject = $"subject {made++}", Reason = i % 2 == 0 ? null : "sign-in-link:01" }));
        await fixture.Source.Notify(new("after-commit", ""), Cancel);

        while (!heard.Contains("after-commit"))
        {
            Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(5), Cancel), "a notice comes");
        }
        Assert.Equal([Notice.MailQueued, "after-commit"], heard);
        Assert.Equal((500, 500), (made, ids.Distinct().Count()));
        Assert.Equal(500, await fixture.Scalar<long>("select count(distinct message_id) from emails where state = 'queued' and envelope_from is null"));
        Assert.Equal(250, await fixture.Scalar<long>("select count(*) from emails where reason is not null"));
        for (var i = 0; i < ids.Count; i += 99)
        {
            var mail = ParsedMail.Read(await fixture.Scalar<byte[]>("select content from emails where id = $1 and message_id = $2 and subject = $3", ids[i], $"<{ids[i]}@localhost.localdomain>", $"subject {i}"));
            Assert.Equal(($"subject {i}", $"<{ids[i]}@localhost.localdomain>"), (mail["Subject"], mail["Message-ID"]));
        }
    }

    [Fact]
    public async Task No_letters_are_no_notice_and_no_row()
    {
        Assert.Empty(await QueueAll([]));
        Assert.Equal(0, await fixture.Scalar<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task Bounces_come_back_to_the_mailbox_that_writes()
    {
        await QueueAll([Letter() with { From = new("rsvp+abc@answers.example.org", "Claire Fabre") }]);
        var own = await fixture.Get<MailQueue>().Claim(Cancel);
        await QueueAll([Letter() with { From = new("twinhub@localhost.localdomain", "Claire Fabre") }]);
        var hubs = await fixture.Get<MailQueue>().Claim(Cancel);

        Assert.Equal(("rsvp+abc@answers.example.org", "twinhub@localhost.localdomain"), (own?.Sender, hubs?.Sender));
        Assert.Equal([("Claire Fabre", own!.Sender), ("Claire Fabre", hubs!.Sender)], new[] { own, hubs }.Select(mail => ParsedMail.Read(mail.Content).Mailbox("From")));
        Assert.Equal(1, await fixture.Scalar<long>("select count(*) from emails where envelope_from = 'rsvp+abc@answers.example.org'"));
    }

    private static Letter Letter() => new("rana@example.org", "رنا", "ar", "test")
    {
        Subject = "موضوع", Paragraphs = ["جملة &"], Button = new("زر", "https://twinhub.example.org/x?a=1&b=2"), Why = "لأنك عضو",
    };

    private async Task Queue(Letter letter, bool commit)
    {
        await using var db = await fixture.Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(Cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await fixture.Get<Outbox>().Queue(db, letter, Cancel);
        if (commit)
        {
            await transaction.CommitAsync(Cancel);
        }
    }
    private async Task<IReadOnlyList<Guid>> QueueAll(IEnumerable<Letter> letters)
    {
        await using var db = await fixture.Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(Cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var ids = await fixture.Get<Outbox>().QueueAll(db, letters, Cancel);
        await transaction.CommitAsync(Cancel);
        return ids;
    }
}
