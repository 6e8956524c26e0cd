using System.Globalization;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;
using TwinHub.Jobs;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars;

/// <summary>A series is made at once; its invitations go out one webinar at a time.</summary>
public sealed class SeriesServiceTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Each_webinars_invitations_go_out_four_weeks_before_it_and_once()
    {
        var host = (await fixture.Get<Facilitators>().Appoint("series@example.org", "series-network", "hosts", None)).Value;
        var start = fixture.Get<HubClock>().GetUtcNow().UtcDateTime.AddDays(10).ToString("yyyy-MM-dd'T'10:00", CultureInfo.InvariantCulture);
        var list = new InviteList(Guests: [new("series-guest@example.org", "Guest", "en", "UTC")]);
        var made = await fixture.Get<SeriesService>().Create(host, "series-network", new("Every other Tuesday", start, "UTC", 60), list, new("fortnightly", 4), publish: true, None);
        Assert.Null(made.Refusal);
        Assert.Equal(["scheduled", "scheduled", "draft", "draft"], await States());
        Assert.Equal(2, await Mails());

        var job = fixture.Get<SendPlannedInvitations>();
        Assert.Equal(0, await job.Run(None));
        fixture.Time.Offset = TimeSpan.FromDays(11);
        Assert.Equal(1, await job.Run(None));
        Assert.Equal(0, await job.Run(None));
        Assert.Equal(["scheduled", "scheduled", "scheduled", "draft"], await States());
        Assert.Equal(3, await Mails());

        // One whose day has passed unseen is nobody's surprise: it stays a draft.
        fixture.Time.Offset = TimeSpan.FromDays(200);
        Assert.Equal(1, await job.Run(None));
        Assert.Equal(0, await job.Run(None));
        Assert.Equal(["scheduled", "scheduled", "scheduled", "draft"], await States());
        fixture.Time.Offset = TimeSpan.Zero;
        Assert.Equal(4, (await fixture.Get<SeriesService>().Of(host, (await fixture.Scalar<Guid>("select series_id from webinars where id = $1", made.Value.Id)), None)).Count);
    }

    [Fact]
    public async Task A_series_that_cannot_be_taken_makes_nothing()
    {
        var host = (await fixture.Get<Facilitators>().Appoint("series@example.org", "series-network", "hosts", None)).Value;
        var before = await fixture.Scalar<long>("select count(*) from webinars");
        foreach (var (plan, field) in new[] { (new SeriesPlan("weekly", 1), "times"), (new SeriesPlan("hourly", 3), "repeat") })
        {
            var made = await fixture.Get<SeriesService>().Create(host, "series-network", new("No", "2099-01-01T10:00", "UTC", 60), new(), plan, publish: false, None);
            Assert.Equal(field, made.Refusal?.Field);
        }
        var unknown = await fixture.Get<SeriesService>().Create(host, "series-network", new("No", "2099-01-01T10:00", "UTC", 60), new(People: ["nobody@example.org"]), new("weekly", 3), publish: false, None);
        Assert.NotNull(unknown.Refusal);
        Assert.Equal(before, await fixture.Scalar<long>("select count(*) from webinars"));
    }

    private Task<List<string>> States() => fixture.Rows<string>("select state from webinars where title = 'Every other Tuesday' order by starts_at");

    private Task<long> Mails() => fixture.Scalar<long>("select count(*) from emails where kind = 'invitation' and recipient = 'series-guest@example.org'");
}
