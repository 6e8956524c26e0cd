using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>A demo hub to which a mail server hands over mails, and webinars to answer to.</summary>
public sealed class InboundHub(TestPostgres postgres) : IAsyncLifetime
{
    public const string Secret = "the-mail-server-shows-this";

    private static int _meetings;

    public TestHub Hub { get; private set; } = null!;

    public TestPostgres Postgres => postgres;

    public static IReadOnlyList<string> Settings { get; } = [$"--Mail:InboundSecret={Secret}", "--Mail:ReplyDomain=reply.example.org", "--Mail:AuthservId=mx.example.org"];

    public ValueTask InitializeAsync() => InitializeAsync([]);

    public async ValueTask InitializeAsync(params string[] more) => Hub = await TestHub.Start(postgres, [.. Settings, .. more]);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    /// <summary>A scheduled webinar in a month that asks these people, who all have an rsvp address.</summary>
    public async Task<Meeting> Meeting(params string[] emails)
    {
        var uid = $"w{Interlocked.Increment(ref _meetings)}@hub.example.org";
        var webinar = await Hub.Scalar<Guid>("""
            insert into webinars (id, network_id, organiser_id, uid, state, title, starts_local, time_zone, duration_minutes, starts_at, ends_at, created_at, scheduled_at)
            select gen_random_uuid(), n.id, p.id, $1, 'scheduled', 'Twinning Arrangements', now() + interval '30 days', 'UTC', 90, now() + interval '30 days', now() + interval '30 days 90 minutes', now(), now()
            from networks n, people p where n.slug = 'hmln' and p.email = $2 returning id
            """, uid, People.Claire);
        foreach (var email in emails)
        {
            await Invite(webinar, email);
        }
        return new(Hub, webinar, uid);
    }

    /// <summary>Hands a mail over as the mail server does.</summary>
    public async Task<HttpResponseMessage> Deliver(byte[] mail, string? to = null, string? from = null)
    {
        using var client = new HttpClient { BaseAddress = Hub.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mail/inbound") { Content = new ByteArrayContent(mail) };
        request.Content.Headers.ContentType = new("message/rfc822");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        foreach (var (name, value) in new[] { ("X-Envelope-To", to), ("X-Envelope-From", from) }.Where(pair => pair.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Delivers a mail and waits until it is worked off.</summary>
    public async Task<Settled> WorkedOff(byte[] mail, string? to = null, string? from = null)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await Deliver(mail, to, from)).StatusCode);
        return await Settled(mail);
    }

    /// <summary>What a delivered mail led to, once it is worked off.</summary>
    public async Task<Settled> Settled(byte[] mail)
    {
        var digest = SHA256.HashData(mail);
        await Eventually.True(async () => await Hub.Scalar<string>("select state from inbound_mails where digest = $1", digest) != "waiting", "the mail is worked off");
        await using var command = Hub.Source.CreateCommand("""
            select m.state, m.outcome, m.detail, m.webinar_id, array(select l.outcome from invitation_log l where l.inbound_id = m.id order by l.id), m.id
            from inbound_mails m where m.digest = $1
            """);
        command.Parameters.AddWithValue(digest);
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        return new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetGuid(3), row.GetFieldValue<string[]>(4), row.GetGuid(5));
    }

    private async Task Invite(Guid webinar, string email)
    {
        await Hub.Execute("insert into people (id, email, name, language, time_zone, created_at) values (gen_random_uuid(), $1, 'Somebody', 'en', 'Asia/Beirut', now()) on conflict (email) do nothing", email);
        await Hub.Execute("""
            insert into rsvp_addresses (token, network_id, person_id, created_at)
            select translate(md5($1), '0189', 'wxyz'), n.id, p.id, now() from networks n, people p where n.slug = 'hmln' and p.email = $1
            on conflict (network_id, person_id) where replaced_at is null and revoked_at is null do nothing
            """, email);
        await Hub.Execute("""
            insert into invitations (id, webinar_id, person_id, rsvp_token, invited_at)
            select gen_random_uuid(), $1, p.id, (select token from rsvp_addresses a where a.person_id = p.id and revoked_at is null and replaced_at is null), now() from people p where p.email = $2
            """, webinar, email);
    }
}

/// <summary>A webinar with its invitees.</summary>
public sealed record Meeting(TestHub Hub, Guid Id, string Uid)
{
    /// <summary>Where the calendar of an invitee answers.</summary>
    public async Task<string> Address(string email) => Hub.App.Services.GetRequiredService<RsvpAddresses>().Address(await Hub.Scalar<string>(
        "select i.rsvp_token from invitations i join people p on p.id = i.person_id where i.webinar_id = $1 and p.email = $2", Id, email));

    /// <summary>What holds of an invitee: the answer, the way it came, and how many such people there are.</summary>
    public Task<string> Response(string email) => Hub.Scalar<string>(
        "select concat_ws(' ', i.response, i.via) from invitations i join people p on p.id = i.person_id where i.webinar_id = $1 and p.email = $2", Id, email);

    /// <summary>The outcomes that organisers read, oldest first.</summary>
    public Task<string[]> Log() => Hub.Scalar<string[]>("select array(select outcome from invitation_log where webinar_id = $1 order by id)", Id);

    public Task<long> Invited() => Hub.Scalar<long>("select count(*) from invitations where webinar_id = $1", Id);

    /// <summary>A reply as a plain calendar writes it.</summary>
    public string Reply(string attendee, string status = "ACCEPTED", int sequence = 0, string stamp = "20260902T061205Z", string more = "", string method = "METHOD:REPLY") => $"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Example//Calendar//EN
        {method}
        BEGIN:VEVENT
        UID:{Uid}
        DTSTAMP:{stamp}
        SEQUENCE:{sequence}
        ATTENDEE;PARTSTAT={status}:mailto:{attendee}
        {more}
        END:VEVENT
        END:VCALENDAR
        """;
}

/// <summary>What became of a mail, and the organiser's lines it left.</summary>
public sealed record Settled(string State, string Outcome, string? Detail, Guid? Webinar, string[] Lines, Guid Id);
