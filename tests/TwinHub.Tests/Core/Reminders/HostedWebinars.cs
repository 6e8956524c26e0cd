using System.Globalization;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>Webinars of one facilitator over Core's services, with guests whose clocks never change.</summary>
public sealed class HostedWebinars(CoreFixture fixture)
{
    private static int _guests;
    private static readonly CancellationToken None = CancellationToken.None;

    public async Task<Guid> Host() => (await fixture.Get<Facilitators>().Appoint("host@example.org", "host-network", "hosts", None)).Value;

    /// <summary>A scheduled webinar that starts so long from now, on a whole minute in UTC, and lasts an hour.</summary>
    public async Task<Webinar> Schedule(TimeSpan from, int guests = 1)
    {
        var list = new InviteList(Guests: [.. Enumerable.Range(0, guests).Select(_ => new InviteGuest($"guest-{Interlocked.Increment(ref _guests)}@example.org", "Guest", "en", "UTC"))]);
        var made = await fixture.Get<WebinarService>().Create(await Host(), "host-network", new("Twinning", Wall(Now + from), "UTC", 60), list, publish: true, None);
        return made.Value;
    }

    public async Task Move(Webinar webinar, TimeSpan from) => _ = (await fixture.Get<WebinarService>().Edit(await Host(), webinar.Id, null, new(StartsAt: Wall(Now + from)), None)).Value;

    public async Task Cancel(Webinar webinar) => _ = (await fixture.Get<WebinarService>().Cancel(await Host(), webinar.Id, null, None)).Value;

    public async Task Remove(Webinar webinar) => _ = (await fixture.Get<InvitationService>().Remove(await Host(), webinar.Id, await Invitation(webinar), None)).Value;

    public async Task Answer(Webinar webinar, string response) => _ = (await fixture.Get<AnswerService>().Answer(new(await Invitation(webinar), response, "page"), None)).Value;

    /// <summary>Steps and states of the rows, in the order in which they fall due.</summary>
    public Task<List<string>> Rows(Webinar webinar) => fixture.Rows<string>("select step || ' ' || state from reminders where subject_id = $1 order by due_at, id", webinar.Id);

    /// <summary>The steps that were mailed, in the order of their mails.</summary>
    public Task<List<string>> Mailed(Webinar webinar) => fixture.Rows<string>("""
        select about ->> 'step' from emails where kind = 'webinar-reminder' and about ->> 'webinarId' = $1 order by created_at, id
        """, webinar.Id.ToString());

    private Task<Guid> Invitation(Webinar webinar) => fixture.Scalar<Guid>("select id from invitations where webinar_id = $1 order by id limit 1", webinar.Id);

    private DateTimeOffset Now => fixture.Get<HubClock>().GetUtcNow();

    private static string Wall(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
