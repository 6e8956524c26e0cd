using System.Net;
using System.Net.Http.Headers;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary><c>kill -9</c> while mails arrive and are worked off: what was taken is worked off once, the rest is still with its sender.</summary>
[Collection(Soak.Load)]
[Trait("soak", "inbound")]
public sealed class InboundKillTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("twinhub-inbound-").FullName;
    private InboundHub _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = new(postgres);
        await _world.InitializeAsync("--Jobs:Run=false");
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_answer_is_recorded_once_however_often_the_hub_dies()
    {
        var people = Enumerable.Range(0, Soak.Of(20, 600)).Select(n => $"p{n}@amman.example.org").ToArray();
        var meeting = await _world.Meeting(people);
        var mails = new List<(byte[] Mail, string To)>();
        foreach (var person in people)
        {
            mails.Add((Replies.Mixed(meeting.Reply(person), person), await meeting.Address(person)));
        }
        var rounds = Soak.Of(1, 20);
        foreach (var portion in mails.Chunk(mails.Count / rounds))
        {
            var hub = await Run();
            var before = await Settled(meeting);
            var sending = Task.WhenAll(portion.Select(mail => Send(hub.Url, mail.Mail, mail.To)));
            await Eventually.True(async () => await Settled(meeting) > before, "the work has begun");
            await hub.Kill();
            await sending;
            await hub.DisposeAsync();
        }

        await using var last = await Run();
        // The senders try again, and the leases of the dead run out.
        await Eventually.True(async () => (await Task.WhenAll(mails.Select(mail => Send(last.Url, mail.Mail, mail.To)))).All(accepted => accepted), "every mail is accepted", 60);
        await _world.Hub.Execute("update inbound_mails set next_at = now() where state = 'waiting'");
        await Eventually.True(async () => await Settled(meeting) == people.Length, "every mail is worked off", 60);

        Assert.Equal(people.Length, (await meeting.Log()).Length);
        Assert.Equal(["recorded"], (await meeting.Log()).Distinct());
        Assert.Equal(people.Length, await _world.Hub.Scalar<long>("select count(*) from invitations where webinar_id = $1 and response = 'accepted' and via = 'calendar'", meeting.Id));
        Assert.Equal(people.Length, await _world.Hub.Scalar<long>("select count(*) from inbound_mails where outcome = 'recorded'"));
    }

    private Task<HubProcess> Run() => HubProcess.Run(_folder, ["--demo", $"--ConnectionStrings:TwinHub={_world.Hub.Database}", .. InboundHub.Settings]);

    private Task<long> Settled(Meeting meeting) => _world.Hub.Scalar<long>("select count(*) from inbound_mails where state = 'done' and webinar_id = $1", meeting.Id);

    /// <returns>Whether the hub took it.</returns>
    private static async Task<bool> Send(Uri hub, byte[] mail, string to)
    {
        using var client = new HttpClient { BaseAddress = hub };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mail/inbound") { Content = new ByteArrayContent(mail) };
        request.Content.Headers.ContentType = new("message/rfc822");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", InboundHub.Secret);
        request.Headers.TryAddWithoutValidation("X-Envelope-To", to);
        try
        {
            return (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
