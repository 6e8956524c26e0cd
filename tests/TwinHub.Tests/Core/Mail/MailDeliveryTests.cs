using Microsoft.Extensions.Logging.Abstractions;
using TwinHub.Core;
using TwinHub.Core.Mail;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail;

/// <summary>None is lost; without a crash none leaves twice (architecture, The outgoing mail, exactly).</summary>
public sealed class MailDeliveryTests(CoreFixture fixture) : IClassFixture<CoreFixture>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.Execute("delete from emails");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_mail_leaves_once_and_is_done()
    {
        var mail = await Queue();
        var postman = new Postman("sent");
        Assert.Equal(1, await Worker(postman).Run(Cancel));
        Assert.Equal(0, await Worker(postman).Run(Cancel));
        Assert.Single(postman.Given);
        Assert.Equal("sent 1 f t f", await State(mail));
    }

    [Fact]
    public async Task A_mail_whose_worker_died_leaves_again_after_the_lease_with_the_same_bytes()
    {
        var mail = await Queue();
        var dying = new Postman((_, _) => throw new InvalidOperationException("the process dies here"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Worker(dying).Run(Cancel));
        var postman = new Postman("sent");

        Assert.Equal(0, await Worker(postman).Run(Cancel));
        fixture.Time.Offset += TimeSpan.FromMinutes(2);
        Assert.Equal(1, await Worker(postman).Run(Cancel));

        var (first, second) = (Assert.Single(dying.Given), Assert.Single(postman.Given));
        Assert.Equal(first.Content, second.Content);
        Assert.Equal((first.MessageId, first.Recipient, 1, 2), (second.MessageId, second.Recipient, first.Attempts, second.Attempts));
        Assert.Equal("sent 2 f t f", await State(mail));
    }

    [Fact]
    public async Task A_worker_that_comes_back_after_its_lease_changes_nothing_any_more()
    {
        var mail = await Queue();
        var (taken, answer) = (new TaskCompletionSource(), new TaskCompletionSource<Delivery>());
        var slow = Worker(new Postman((_, _) =>
        {
            taken.SetResult();
            return answer.Task;
        })).Run(Cancel);
        await taken.Task;

        fixture.Time.Offset += TimeSpan.FromMinutes(2);
        Assert.Equal(1, await Worker(new Postman("sent")).Run(Cancel));
        answer.SetResult(new("bounced", "too late"));
        await slow;

        Assert.Equal("sent 2 f t f", await State(mail));
    }

    [Fact]
    public async Task Deliveries_at_once_send_each_mail_once()
    {
        var mails = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Queue()));
        var postman = new Postman(async (_, _) =>
        {
            await Task.Yield();
            return Delivery.Sent;
        });

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Worker(postman).Run(Cancel), Cancel)));

        Assert.Equal(40, sent.Sum());
        Assert.Equal(mails.Order(), postman.Given.Select(mail => mail.Id).Order());
    }

    [Fact]
    public async Task A_mail_handed_over_is_written_down_even_when_the_hub_is_just_stopping()
    {
        var mail = await Queue();
        using var stop = new CancellationTokenSource();
        var postman = new Postman(async (_, _) =>
        {
            await stop.CancelAsync();
            return Delivery.Sent;
        });

        Assert.Equal(1, await Worker(postman).Run(stop.Token));

        Assert.Equal("sent 1 f t f", await State(mail));
    }

    [Theory]
    [InlineData("used_at = now()")]
    [InlineData("expires_at = now() - interval '1 second'")]
    public async Task A_mail_whose_reason_no_longer_holds_is_cancelled(string change)
    {
        var (holding, gone) = (await Link(), await Link());
        await fixture.Execute($"update sign_in_links set {change} where hash = $1", gone);
        var (sent, cancelled, orphan) = (await Queue(MailReason.SignInLink(holding)), await Queue(MailReason.SignInLink(gone)), await Queue(MailReason.SignInLink([9, 9])));
        var postman = new Postman("sent");

        Assert.Equal(3, await Worker(postman).Run(Cancel));

        Assert.Equal(sent, Assert.Single(postman.Given).Id);
        Assert.Equal(["cancelled 1 f f f", "cancelled 1 f f f"], [await State(cancelled), await State(orphan)]);
        fixture.Time.Offset += TimeSpan.FromDays(1);
        Assert.Equal(0, await Worker(postman).Run(Cancel));
    }

    [Fact]
    public async Task The_reason_is_asked_again_before_each_attempt()
    {
        var link = await Link();
        var mail = await Queue(MailReason.SignInLink(link));
        Assert.Equal(1, await Worker(new Postman("later")).Run(Cancel));
        await fixture.Execute("update sign_in_links set used_at = now() where hash = $1", link);
        fixture.Time.Offset += TimeSpan.FromSeconds(31);
        var postman = new Postman("sent");
        Assert.Equal(1, await Worker(postman).Run(Cancel));
        Assert.Empty(postman.Given);
        Assert.Equal("cancelled 2 f f f", await State(mail));
    }

    [Fact]
    public async Task Pauses_after_a_passing_refusal_double_up_to_an_hour_and_end_in_failed()
    {
        var mail = await Queue();
        var delivery = Worker(new Postman("later"), maxAttempts: 12);
        var pauses = new List<int>();
        for (var attempt = 1; attempt < 12; attempt++)
        {
            Assert.Equal(1, await delivery.Run(Cancel));
            Assert.Equal(0, await delivery.Run(Cancel));
            Assert.Equal($"queued {attempt} f f t", await State(mail));
            var pause = await fixture.Scalar<DateTimeOffset>("select next_at from emails") - fixture.Time.GetUtcNow();
            pauses.Add((int)Math.Ceiling(pause.TotalSeconds / 30) * 30);
            fixture.Time.Offset += pause;
        }
        Assert.Equal([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, 3_600], pauses);
        Assert.Equal(1, await delivery.Run(Cancel));
        Assert.Equal("failed 12 f f t", await State(mail));
        fixture.Time.Offset += TimeSpan.FromDays(1);
        Assert.Equal(0, await delivery.Run(Cancel));
    }

    [Theory]
    [InlineData("a-reason-of-tomorrow:7", "Unknown mail reason a-reason-of-tomorrow")]
    [InlineData("sign-in-link:not-a-hash", "Unknown mail reason sign-in-link")]
    [InlineData("sign-in-link", "Unknown mail reason sign-in-link")]
    public async Task A_mail_of_an_unknown_reason_has_failed_and_holds_up_no_other(string reason, string detail)
    {
        var (strange, other) = (await Queue(reason), await Queue());
        Assert.Equal(2, await Worker(new Postman("sent")).Run(Cancel));
        Assert.Equal(["failed 1 f f t", "sent 1 f t f"], [await State(strange), await State(other)]);
        Assert.Equal(detail, await fixture.Scalar<string>("select last_error from emails where id = $1", strange));
    }

    [Fact]
    public async Task What_bounced_is_never_tried_again()
    {
        var mail = await Queue();
        Assert.Equal(1, await Worker(new Postman("bounced")).Run(Cancel));
        fixture.Time.Offset += TimeSpan.FromDays(30);
        Assert.Equal(0, await Worker(new Postman("sent")).Run(Cancel));
        Assert.Equal("bounced 1 f f t", await State(mail));
        Assert.Equal("the other side's words", await fixture.Scalar<string>("select last_error from emails"));
    }

    [Fact]
    public async Task A_transport_that_breaks_delays_only_the_mail_in_hand()
    {
        var (broken, other) = (await Queue(), await Queue());
        var postman = new Postman((mail, _) => mail.Id == broken ? throw new IOException("disk full") : Task.FromResult(Delivery.Sent));
        Assert.Equal(2, await Worker(postman).Run(Cancel));
        Assert.Equal(["queued 1 f f t", "sent 1 f t f"], [await State(broken), await State(other)]);
    }

    [Fact]
    public async Task A_mail_of_later_waits_for_its_time()
    {
        await Queue();
        await fixture.Execute("update emails set next_at = $1", fixture.Time.GetUtcNow().AddMinutes(5));
        var postman = new Postman("sent");
        Assert.Equal(0, await Worker(postman).Run(Cancel));
        fixture.Time.Offset += TimeSpan.FromMinutes(5);
        Assert.Equal(1, await Worker(postman).Run(Cancel));
    }

    private MailDelivery Worker(Postman postman, int maxAttempts = 12)
    {
        var options = new MailOptions { MaxAttempts = maxAttempts };
        return new(new(fixture.Source, options, fixture.Time, fixture.Get<HubClock>()), postman, fixture.Get<MailReason>(), options, fixture.Time, NullLogger<MailDelivery>.Instance);
    }

    private Task<Guid> Queue(string? reason = null) => fixture.Scalar<Guid>("""
        insert into emails (id, message_id, recipient, kind, language, subject, about, reason, content, next_at, created_at)
        select id, '<' || id || '@example.org>', 'rana@example.org', 'test', 'en', 'Subject', '{}', nullif($1, ''), convert_to(id::text, 'UTF8'), $2, $2 from gen_random_uuid() as g(id) returning id
        """, reason ?? "", fixture.Time.GetUtcNow());

    /// <summary>State, attempts, and whether there is a lease, a time of sending, an error.</summary>
    private Task<string> State(Guid mail) => fixture.Scalar<string>(
        "select concat_ws(' ', state, attempts, lease_until is not null, sent_at is not null, last_error is not null) from emails where id = $1", mail);

    private async Task<byte[]> Link() => await fixture.Scalar<byte[]>(
        "insert into sign_in_links (hash, person_id, created_at, expires_at) values (uuid_send(gen_random_uuid()), $1, $2, $3) returning hash",
        await fixture.Person($"{Guid.NewGuid()}@example.org"), fixture.Time.GetUtcNow(), fixture.Time.GetUtcNow().AddMinutes(10));
}
