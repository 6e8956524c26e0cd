using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TwinHub.Tests.Core.Mail.Inbound;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail;

/// <summary>
/// <c>kill -9</c> of the hub and of the mail server while invitations leave: none is lost, what comes twice is the same bytes
/// and at most what was under way, and each mail's state is what the server's log says (architecture, The outgoing mail, exactly).
/// </summary>
[Collection(Soak.Load)]
[Trait("soak", "invitations")]
public sealed class InvitationKillTests(TestPostgres postgres) : IAsyncLifetime
{
    private const int Connections = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("twinhub-invitations-").FullName;
    private TestHub _desk = null!;
    private DurableSmtp _server = null!;
    private HubProcess _hub = null!;

    /// <summary>The invitations are written by a node that sends nothing; another one, which is killed, sends.</summary>
    public async ValueTask InitializeAsync()
    {
        _desk = await TestHub.Start(postgres, ["--Jobs:Run=false", .. InboundHub.Settings]);
        _server = await DurableSmtp.Start(_folder);
        _hub = await Run();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _server.DisposeAsync();
        await _desk.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_invitation_arrives_whoever_dies_and_none_twice_that_was_not_under_way()
    {
        var calm = await Ask("calm", Soak.Of(20, 400));
        await Settled(calm);
        await Judge(calm, Soak.Of(20, 400), most: 0);

        var (choice, count) = (Soak.Seed(), Soak.Of(100, 2_000));
        bool[] kills = [.. Enumerable.Repeat(true, Soak.Of(1, 10)), .. Enumerable.Repeat(false, Soak.Of(1, 3))];
        choice.Shuffle(kills);
        var moments = kills.Select(_ => _server.Count + choice.Next(count / 20, count * 8 / 10)).Order().ToList();
        var storm = await Ask("storm", count);
        foreach (var (killsHub, moment) in kills.Zip(moments))
        {
            await Eventually.True(async () => await Push() && _server.Count >= moment, "invitations are on their way", 60);
            await Kill(killsHub);
        }
        await Settled(storm);
        await Judge(storm, count, most: Connections * kills.Length);
    }

    /// <summary>Asks so many, of whom one in twenty has a mailbox that takes nothing now, and one in twenty has none any more.</summary>
    private async Task<Guid> Ask(string name, int count)
    {
        var emails = Enumerable.Range(0, count).Select(n => $"{(n % 20) switch { 7 => "later-", 13 => "gone-", _ => "" }}{name}{n}@amman.example.org").ToArray();
        await _desk.Execute("""
            with p as (insert into people (id, email, name, language, time_zone, created_at)
                       select gen_random_uuid(), email, 'Somebody', (array['en', 'fr', 'ar', 'tr'])[1 + n % 4], 'Asia/Amman', now() from unnest($1) with ordinality as t(email, n) returning id)
            insert into organisation_people select (select o.id from organisations o join networks n on n.id = o.network_id where n.slug = 'hmln' order by o.id limit 1), id, now() from p
            """, [emails]);
        using var claire = await _desk.Api(People.Claire);
        using var made = await claire.Post("/api/v1/webinars", new { network = "hmln", title = name, startsAt = "2099-03-29T10:00", timeZone = "Asia/Beirut", durationMinutes = 90, publish = true, invite = new { people = emails } });
        return (await made.Json()).GetProperty("id").GetGuid();
    }

    private async Task Kill(bool hub)
    {
        if (!hub)
        {
            await _server.KillAndRestart();
            return;
        }
        await _hub.DisposeAsync();
        _hub = await Run();
    }

    private Task<HubProcess> Run() => HubProcess.Run(Path.Combine(_folder, "hub"), ["--demo", $"--ConnectionStrings:TwinHub={_desk.Database}", "--Mail:Mode=Smtp", "--Mail:Host=127.0.0.1",
        $"--Mail:Port={_server.Port}", "--Mail:Security=None", $"--Mail:Connections={Connections}", "--Mail:Lease=00:00:03", .. InboundHub.Settings]);

    /// <summary>Cuts the pauses after passing refusals short, and wakes the delivery as a new mail would.</summary>
    private async Task<bool> Push()
    {
        await _desk.Execute("with w as (update emails set next_at = now() where state = 'queued' and next_at > now() returning 1) select pg_notify('twinhub', 'mail') from (select count(*) from w) c");
        return true;
    }

    private Task Settled(Guid webinar) => Eventually.True(async () => await Push()
        && !await _desk.Scalar<bool>("select exists (select 1 from emails where about ->> 'webinarId' = $1 and state in ('queued', 'sending'))", webinar.ToString()), "every invitation is settled", Soak.Of(60, 300));

    /// <summary>What the server has on its disk and in its log is what the hub says of each mail.</summary>
    /// <param name="most">How many mails or refusals may have come twice.</param>
    private async Task Judge(Guid webinar, int count, int most)
    {
        var mails = await _desk.Db(db => db.Emails.Where(mail => db.Invitations.Any(i => i.WebinarId == webinar && i.EmailId == mail.Id)).AsNoTracking().ToDictionaryAsync(mail => mail.MessageId));
        var kept = _server.Kept().GroupBy(Id).Where(copies => mails.ContainsKey(copies.Key)).ToDictionary(copies => copies.Key);
        var refused = _server.Refused().ToLookup(one => one.Recipient, one => one.Code);

        Assert.Equal((count, count), (mails.Count, mails.Values.DistinctBy(mail => mail.Recipient).Count()));
        Assert.All(mails.Values, mail => Assert.Equal(mail.Recipient.StartsWith("gone", StringComparison.Ordinal) ? "bounced" : "sent", mail.State));
        Assert.Equal(mails.Values.Where(mail => mail.State == "sent").Select(mail => mail.MessageId).Order(), kept.Keys.Order());
        Assert.All(kept, copies => Assert.All(copies.Value, copy => Assert.Equal(mails[copies.Key].Content, copy)));
        Assert.All(mails.Values, mail => Assert.Equal(mail.Recipient.Split('-')[0] switch { "gone" => [550], "later" => [451], _ => Array.Empty<int>() }, refused[mail.Recipient].Distinct()));
        Assert.All(mails.Values.Where(mail => mail.State == "bounced"), mail => Assert.StartsWith("550 5.1.1", mail.LastError, StringComparison.Ordinal));
        var gone = mails.Values.Where(mail => mail.State == "bounced").Sum(mail => refused[mail.Recipient].Count() - 1);
        Assert.InRange(kept.Values.Sum(copies => copies.Count() - 1) + gone, 0, most);
    }

    private static string Id(byte[] mail) => Regex.Match(Encoding.ASCII.GetString(mail), "^Message-ID: (<[^>]+>)\r$", RegexOptions.Multiline | RegexOptions.NonBacktracking).Groups[1].Value;
}
