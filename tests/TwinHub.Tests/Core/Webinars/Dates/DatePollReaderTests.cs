using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Webinars.Dates;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Dates;

public sealed class DatePollReaderTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Most_yes_is_best_then_most_maybe_then_the_soonest_and_what_has_passed_has_no_rank()
    {
        var search = await Hub.FindDate([People.Rana, People.Emre, People.Lina], -2, 5, 6, 7, 8);
        await Hub.Say(search, People.Rana, "yes", "no", "maybe", "yes", "maybe");
        await Hub.Say(search, People.Emre, "yes", "no", "yes", "maybe", "maybe");
        await Hub.Say(search, People.Lina, "yes", "", "no", "maybe", "yes");

        var poll = await Read(search);

        Assert.Equal([null, 4, 3, 1, 2], poll.Dates.Select(date => date.Rank));
        Assert.Equal(new DateCounts(0, 0, 2, 3), poll.Dates[1].Counts);
        Assert.Equal(1, poll.Dates[1].Counts.None);
    }

    [Fact]
    public async Task Equal_answers_prefer_the_soonest()
    {
        var search = await Hub.FindDate([People.Rana], 9, 5, 7);
        await Hub.Say(search, People.Rana, "yes", "yes", "yes");
        Assert.Equal([1, 2, 3], (await Read(search)).Dates.Select(date => date.Rank));
    }

    [Fact]
    public async Task Who_was_taken_off_or_left_counts_no_more()
    {
        var search = await Hub.FindDate([People.Rana, People.Emre, People.Ziad], 5, 6);
        foreach (var email in new[] { People.Rana, People.Emre, People.Ziad })
        {
            await Hub.Say(search, email, "yes", "maybe");
        }
        await Hub.Execute("update invitations set removed_at = now() where id = $1", search.Invitations[People.Emre]);
        await Hub.Execute("update people set disabled_at = now() where email = $1", People.Ziad);

        var poll = await Read(search);
        await Hub.Execute("update people set disabled_at = null where email = $1", People.Ziad);

        Assert.Equal(People.Rana, Assert.Single(poll.People).View.Email);
        Assert.Equal(new DateCounts(1, 0, 0, 1), poll.Dates[0].Counts);
    }

    [Fact]
    public async Task Each_ones_hour_is_their_own_and_the_dates_warn_of_weekends_holidays_and_nights()
    {
        // Friday 29 October 2027 at five in the morning in Paris: Republic Day in Türkiye, the weekend in Jordan.
        var search = await Hub.FindDate([People.Emre, People.Lina]);
        await Hub.Execute("insert into proposed_dates (id, webinar_id, starts_local, starts_at) values (gen_random_uuid(), $1, '2027-10-29 05:00', '2027-10-29T03:00Z')", search.Webinar);

        var poll = await Read(search);

        var emre = Assert.Single(poll.People.Single(one => one.View.Email == People.Emre).Cells).Local;
        var lina = Assert.Single(poll.People.Single(one => one.View.Email == People.Lina).Cells).Local;
        Assert.Equal((6, true, false, 1), (emre.Hour.Hour, emre.IsEarly, emre.IsWeekend, emre.Holidays.Count));
        Assert.Equal((6, true, true, 0), (lina.Hour.Hour, lina.IsEarly, lina.IsWeekend, lina.Holidays.Count));
        Assert.Equal(["holiday TR 1", "night  2", "weekend JO 1"], poll.Dates[0].Warnings.Select(one => $"{one.Kind} {one.Country} {one.People}").Order());
    }

    [Fact]
    public async Task It_knows_how_many_are_to_be_asked()
    {
        var search = await Hub.FindDate([People.Rana, People.Emre], 5, 6);
        Assert.Equal((0, 0), await Due(search));
        await Hub.Invite(search.Webinar, People.Lina);
        Assert.Equal((1, 1), await Due(search));
        await Hub.Execute("update invitation_log set at = at - interval '25 hours' where webinar_id = $1", search.Webinar);
        await Hub.Execute("update invitations set invited_at = invited_at - interval '26 hours' where webinar_id = $1", search.Webinar);
        await Hub.Say(search, People.Rana, "yes", "yes");
        Assert.Equal((1, 2), await Due(search));
    }

    [Fact]
    public async Task A_link_shows_numbers_and_the_persons_own_answers_and_no_names()
    {
        var search = await Hub.FindDate([People.Rana, People.Emre], -2, 5, 6);
        await Hub.Say(search, People.Rana, "no", "yes", "maybe");
        await Hub.Say(search, People.Emre, "no", "yes", "no");

        var reply = (await Hub.App.Services.GetRequiredService<DatePollReader>().ByLink(search.Links[People.Rana], TestContext.Current.CancellationToken)).Value;

        Assert.Equal(["yes", "maybe"], reply.Dates.Select(date => date.Answer!));
        Assert.Equal([new DateCounts(2, 0, 0, 2), new DateCounts(0, 1, 1, 2)], reply.Dates.Select(date => date.Counts));
        Assert.Equal(("open", "Europe/Paris"), (reply.State, reply.View.Organiser.TimeZone));
    }

    private async Task<DatePoll> Read(StagedSearch search) =>
        (await Hub.App.Services.GetRequiredService<DatePollReader>().Find(await Hub.PersonId(People.Claire), search.Webinar, TestContext.Current.CancellationToken)).Value;

    private async Task<(int Fresh, int Silent)> Due(StagedSearch search) => await Read(search) is var poll ? (poll.Fresh, poll.Silent) : default;
}
