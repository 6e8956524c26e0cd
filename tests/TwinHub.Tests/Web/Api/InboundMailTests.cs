using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TwinHub.Tests.Core.Mail.Inbound;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>The mail server's door (contract, HTTP): opened by its secret, answered once the mail is stored.</summary>
public sealed class InboundMailTests(InboundHub fixture) : IClassFixture<InboundHub>
{
    private const int Largest = 30 * 1024 * 1024;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_mail_is_stored_byte_for_byte_and_worked_off_within_five_seconds()
    {
        byte[] mail = [.. New(), 0, 255, 13, 10];
        var watch = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.Accepted, (await fixture.Deliver(mail, "rsvp+abc@reply.example.org", "<>")).StatusCode);
        Assert.Equal("no-calendar", (await fixture.Settled(mail)).Outcome);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal("<>, rsvp+abc@reply.example.org", await Hub.Scalar<string>("select envelope_from || ', ' || envelope_to from inbound_mails where content = $1", mail));
    }

    [Fact]
    public async Task The_same_bytes_again_are_one_mail()
    {
        var mail = New();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.Deliver(mail)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(1, await Hub.Scalar<long>("select count(*) from inbound_mails where content = $1", mail));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer the-mail-server-shows-thi")]
    [InlineData("Bearer the-mail-server-shows-this1")]
    [InlineData("Basic the-mail-server-shows-this")]
    public async Task Who_does_not_show_the_secret_leaves_nothing(string? authorization)
    {
        var mail = New();
        await (await Knock(mail, authorization)).Problem(401, "unauthorized");
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from inbound_mails where content = $1", mail));
    }

    [Fact]
    public async Task A_persons_session_or_token_is_no_secret_and_a_dead_one_does_no_harm()
    {
        await (await Knock(New(), "Bearer " + await Hub.Token(People.Claire))).Problem(401, "unauthorized");
        var cookie = await Hub.SessionOf(People.Claire);
        await (await Knock(New(), null, cookie: cookie)).Problem(401, "unauthorized");
        Assert.Equal(HttpStatusCode.Accepted, (await Knock(New(), "bearer " + InboundHub.Secret, cookie: cookie)).StatusCode);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_door()
    {
        await using var hub = await TestHub.Start(fixture.Postgres);
        using var client = new HttpClient { BaseAddress = hub.Url };
        await (await client.Send(HttpMethod.Post, "/mail/inbound", Content(New(), "message/rfc822"))).Problem(404, "not_found");
        client.DefaultRequestHeaders.Authorization = new("Bearer", "");
        await (await client.Send(HttpMethod.Post, "/mail/inbound", Content(New(), "message/rfc822"))).Problem(404, "not_found");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=b")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task What_is_no_mail_is_refused(string? type) =>
        await (await Knock(New(), "Bearer " + InboundHub.Secret, type)).Problem(415, "invalid");

    [Fact]
    public async Task An_empty_mail_is_refused() => await (await fixture.Deliver([])).Problem(400, "invalid");

    [Fact]
    public async Task Thirty_megabytes_are_the_most_here_and_one_elsewhere()
    {
        byte[] mail = [.. New(), .. Enumerable.Repeat((byte)'x', Largest)];
        Assert.Equal(HttpStatusCode.Accepted, (await fixture.Deliver(mail[..Largest])).StatusCode);
        Assert.Equal("no-calendar", (await fixture.Settled(mail[..Largest])).Outcome);
        var stored = await Hub.Scalar<long>("select count(*) from inbound_mails");
        await (await fixture.Deliver(mail[..(Largest + 1)])).Problem(413, "too_long");
        await (await Knock(mail[..(Largest + 1)], "Bearer " + InboundHub.Secret, chunked: true)).Problem(413, "too_long");
        await (await Knock(mail[..(Largest + 1)], "Bearer " + InboundHub.Secret, asks: true)).Problem(413, "too_long");
        Assert.Equal(stored, await Hub.Scalar<long>("select count(*) from inbound_mails"));
        using var claire = await Hub.Api(People.Claire);
        var other = await claire.Send(HttpMethod.Put, $"/api/v1/groups/{People.TheirGroup}/members/{Guid.NewGuid()}", Content(mail[..(2 * 1024 * 1024)], "application/json"));
        await other.Problem(413, "too_long");
    }

    private Task<HttpResponseMessage> Knock(byte[] mail, string? authorization, string? type = "message/rfc822", string? cookie = null, bool chunked = false, bool asks = false)
    {
        var client = new HttpClient { BaseAddress = Hub.Url };
        var request = new HttpRequestMessage(HttpMethod.Post, "/mail/inbound") { Content = Content(mail, type) };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Headers.ExpectContinue = asks ? true : null;
        foreach (var (name, value) in new[] { ("Authorization", authorization), ("Cookie", cookie) }.Where(pair => pair.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static ByteArrayContent Content(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static byte[] New() => Encoding.ASCII.GetBytes($"Message-ID: <{Guid.NewGuid()}@example.org>\r\n\r\nHello\r\n");
}

/// <summary>A mail server whose hub has lost its database.</summary>
public sealed class InboundOutageTests : IAsyncLifetime
{
    // A server of its own: it is killed here.
    private readonly TestPostgres _postgres = new() { IsDurable = true };

    public ValueTask InitializeAsync() => _postgres.InitializeAsync();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task A_mail_that_cannot_be_stored_is_not_taken_and_the_next_try_succeeds()
    {
        var world = new InboundHub(_postgres);
        await world.InitializeAsync();
        await using var hub = world.Hub;
        var meeting = await world.Meeting(People.Rana);
        var (mail, to) = (Replies.Mail(meeting.Reply(People.Rana), People.Rana), await meeting.Address(People.Rana));
        HubProcess.KillPostgres(_postgres.Server.ClusterDirectory);
        await (await world.Deliver(mail, to)).Problem(503, "unavailable");
        Assert.True(await _postgres.Server.Revive(CancellationToken.None), "the server was really dead");
        await Eventually.True(async () => (await world.Deliver(mail, to)).StatusCode == HttpStatusCode.Accepted, "the mail is taken", 30);
        Assert.Equal("recorded", (await world.Settled(mail)).Outcome);
    }
}
