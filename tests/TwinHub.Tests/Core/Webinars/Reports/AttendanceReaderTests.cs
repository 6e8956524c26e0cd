using TwinHub.Core;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Reports;

public sealed class AttendanceReaderTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Visits_that_overlap_are_one_and_a_gap_is_none_of_the_minutes()
    {
        var webinar = await Ended(People.Rana);
        await Hub.Visit(webinar, People.Rana, 0, 20);
        await Hub.Visit(webinar, People.Rana, 10, 30);
        await Hub.Visit(webinar, People.Rana, 30, 40);
        await Hub.Visit(webinar, People.Rana, 12, 14);
        await Hub.Visit(webinar, People.Rana, 60, 85.4);

        var seen = await Hub.PresenceOf(webinar, People.Rana);

        Assert.Equal([(0.0, 40.0), (60, 85.4)], seen!.Stretches.Select(one => (Minute(one.From), Minute(one.Until))));
        Assert.Equal((0.0, 85.4, 65), (Minute(seen.First), Minute(seen.Last!.Value), seen.Minutes));
        double Minute(DateTimeOffset at) => Math.Round((at - Hub.InDays(-1)).TotalMinutes, 3);
    }

    [Fact]
    public async Task Who_opened_the_meeting_was_there_nobody_knows_how_long()
    {
        var webinar = await Ended(People.Rana, People.Emre);
        await Hub.Visit(webinar, People.Rana, 5, 5, RoomVisit.Meeting);
        await Hub.Visit(webinar, People.Emre, 0, 4);
        await Hub.Visit(webinar, People.Emre, 3, 3, RoomVisit.Meeting);

        var attendance = await Hub.Attendance(webinar);

        var (rana, emre) = (await Hub.PresenceOf(webinar, People.Rana), await Hub.PresenceOf(webinar, People.Emre));
        Assert.Equal((Hub.InDays(-1).AddMinutes(5), null, null), (rana!.First, rana.Last, rana.Minutes));
        Assert.Equal(Hub.InDays(-1).AddMinutes(3), emre!.OpenedMeeting);
        Assert.Equal((4, 2, 0), (emre.Minutes, attendance.There, attendance.Absent));
        Assert.Equal("0:1 4:0", attendance.Line());
    }

    [Fact]
    public async Task A_visit_that_nobody_ended_ends_four_hours_after_the_webinar()
    {
        var webinar = await Ended(People.Rana);
        await Hub.Visit(webinar, People.Rana, 80, null);
        var seen = await Hub.PresenceOf(webinar, People.Rana);
        Assert.Equal((Hub.InDays(-1).AddMinutes(90 + 240), 250), (seen!.Last, seen.Minutes));
    }

    [Fact]
    public async Task Who_is_there_now_has_not_left()
    {
        var webinar = await Hub.Stage("Now", Hub.Now().AddMinutes(-30));
        await Hub.Invite(webinar, People.Rana, Invitation.Accepted);
        await Hub.Visit(webinar, People.Rana, 10, null);
        var seen = await Hub.PresenceOf(webinar, People.Rana);
        Assert.Null(seen!.Last);
        Assert.InRange(seen.Minutes!.Value, 20, 21);
    }

    [Fact]
    public async Task The_line_has_a_step_for_each_change_and_the_figures_count_people()
    {
        var webinar = await Ended(People.Rana, People.Emre, People.Selin, People.Ziad);
        await Hub.Visit(webinar, People.Rana, -5, 90);
        await Hub.Visit(webinar, People.Emre, 0, 45);
        await Hub.Visit(webinar, People.Selin, 45, 90);
        await Hub.Visit(webinar, People.Claire, -10, 95);
        await Hub.Visit(webinar, People.Lina, 20, 30);

        var attendance = await Hub.Attendance(webinar);

        Assert.Equal("-10:1 -5:2 0:3 20:4 30:3 90:1 95:0", attendance.Line());
        Assert.Equal((4, 3, 1, 1), (attendance.Invited.Count, attendance.There, attendance.Absent, attendance.Missed));
        Assert.Equal([People.Claire, People.Lina], attendance.Others.Select(one => one.Email).Order());
        Assert.Equal(4, attendance.Most!.People);
    }

    [Fact]
    public async Task Who_was_taken_off_the_list_and_came_stands_with_those_without_an_invitation()
    {
        var webinar = await Ended(People.Rana);
        await Hub.Visit(webinar, People.Rana, 0, 10);
        await Hub.Execute("update invitations set response = 'none', via = null, holds_seat = false, removed_at = now() where webinar_id = $1", webinar);
        var attendance = await Hub.Attendance(webinar);
        Assert.Empty(attendance.Invited);
        Assert.Equal(People.Rana, Assert.Single(attendance.Others).Email);
    }

    [Theory]
    [InlineData(People.Rana, RefusalCode.NotAllowed)]
    [InlineData(People.Lina, RefusalCode.NotFound)]
    [InlineData(People.ForeignFacilitator, RefusalCode.NotFound)]
    public async Task Nobody_reads_it_but_who_runs_the_webinar(string email, RefusalCode code)
    {
        var webinar = await Ended(People.Rana);
        Assert.Equal(code, (await Hub.Get<AttendanceReader>().Read(await Hub.PersonId(email), webinar, TestContext.Current.CancellationToken)).Refusal?.Code);
    }

    [Fact]
    public async Task The_organisers_mark_is_taken_back_alone()
    {
        var webinar = await Ended(People.Rana, People.Emre);
        await Hub.Visit(webinar, People.Rana, 10, 20);
        Assert.Null((await Mark(webinar, People.Rana, true)).Refusal);
        Assert.Null((await Mark(webinar, People.Rana, true)).Refusal);
        Assert.Null((await Mark(webinar, People.Emre, true)).Refusal);
        var marked = await Hub.PresenceOf(webinar, People.Rana);
        Assert.Equal((90, true), (marked!.Minutes, marked.Marked));
        Assert.Equal(3, await Visits());

        Assert.Null((await Mark(webinar, People.Rana, false)).Refusal);
        Assert.Null((await Mark(webinar, People.Rana, false)).Refusal);
        var left = await Hub.PresenceOf(webinar, People.Rana);
        Assert.Equal((10, false), (left!.Minutes, left.Marked));
        Assert.Equal(2, await Visits());

        Task<long> Visits() => Hub.Scalar<long>("select count(*) from room_visits where webinar_id = $1", webinar);
    }

    [Fact]
    public async Task A_mark_needs_an_end_and_an_invitation()
    {
        var ahead = await Hub.Stage("Ahead", Hub.InDays(3));
        await Hub.Invite(ahead, People.Rana);
        Assert.Equal("report.not-over", (await Mark(ahead, People.Rana, true)).Refusal?.TextKey);
        var webinar = await Ended(People.Rana);
        Assert.Equal(RefusalCode.NotFound, (await Mark(webinar, People.Lina, true)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotAllowed, (await Mark(webinar, People.Rana, true, People.Rana)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await Mark(webinar, People.Rana, true, People.Lina)).Refusal?.Code);
    }

    private async Task<Outcome<bool>> Mark(Guid webinar, string email, bool there, string by = People.Claire) =>
        await Hub.Get<AttendanceService>().Mark(await Hub.PersonId(by), webinar, await Hub.PersonId(email), there, TestContext.Current.CancellationToken);

    private async Task<Guid> Ended(params string[] invited)
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        foreach (var email in invited)
        {
            await Hub.Invite(webinar, email, Invitation.Accepted);
        }
        return webinar;
    }
}
