using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars;

/// <summary>Where a hub makes the meetings itself, a webinar without an address gets one when its invitations go out.</summary>
public sealed class MeetingsTests(TestPostgres postgres) : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await TestHub.Start(postgres, "--Meetings:Provider=Jitsi", "--Meetings:JitsiUrl=https://meet.example.org/");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_room_of_its_own_that_nobody_can_guess_and_that_stays()
    {
        var (one, two) = (await Make(null, publish: true), await Make(null, publish: true));
        Assert.Matches("^https://meet\\.example\\.org/HMLN-2099-05-01-[a-z2-9]{20}$", one.JoinUrl);
        Assert.NotEqual(one.JoinUrl, two.JoinUrl);
        var edited = await Webinars.Edit(await _hub.PersonId(People.Claire), one.Id, null, new(StartsAt: "2099-06-01T10:00"), TestContext.Current.CancellationToken);
        Assert.Equal(one.JoinUrl, edited.Value.JoinUrl);
    }

    [Fact]
    public async Task An_address_that_was_entered_is_kept_and_a_draft_has_none_yet()
    {
        Assert.Equal("https://call.example.org/ours", (await Make("https://call.example.org/ours", publish: true)).JoinUrl);
        Assert.Null((await Make(null, publish: false)).JoinUrl);
    }

    private WebinarService Webinars => _hub.App.Services.GetRequiredService<WebinarService>();

    private async Task<Webinar> Make(string? link, bool publish) =>
        (await Webinars.Create(await _hub.PersonId(People.Claire), "hmln", new("Meeting", "2099-05-01T10:00", "UTC", 60, JoinUrl: link), new(People: [People.Rana]), publish, TestContext.Current.CancellationToken)).Value;
}
