using TwinHub.Core.Live;
using TwinHub.Jobs;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Jobs;

public sealed class TimetableTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    [Fact]
    public void Every_job_has_one_line() => Assert.Equal(
        typeof(IJob).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IJob))).Select(type => type.Name).Order(StringComparer.Ordinal),
        Timetable.Slots.Select(slot => slot.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_a_notice_wakes_has_a_net_of_half_a_minute() =>
        Assert.All(Timetable.Slots.Where(slot => slot.WokenBy is not null), slot => Assert.InRange(slot.Every, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));

    [Fact]
    public void Mails_and_sign_ins_are_woken_by_their_notices()
    {
        Assert.Equal(Notice.MailQueued, Timetable.Slots.Single(slot => slot.Job == typeof(DeliverMail)).WokenBy);
        Assert.Equal(Notice.SignInAsked, Timetable.Slots.Single(slot => slot.Job == typeof(AnswerSignIns)).WokenBy);
    }

    [Fact]
    public async Task Every_line_can_be_run_when_nothing_is_due()
    {
        foreach (var slot in Timetable.Slots)
        {
            Assert.Equal(0, await fixture.Get<JobRunner>().Run(slot, TestContext.Current.CancellationToken));
        }
        Assert.Empty(await fixture.Rows<string>("select error from job_runs"));
    }
}
