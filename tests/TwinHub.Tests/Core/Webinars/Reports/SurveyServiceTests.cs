using TwinHub.Core;
using TwinHub.Core.People;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Reports;

public sealed class SurveyServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SurveyService Surveys => Hub.Get<SurveyService>();

    [Fact]
    public async Task An_answer_is_changed_and_the_results_know_no_names()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        foreach (var (email, useful, text) in new[] { (People.Rana, 2, "Zebra crossing"), (People.Emre, 5, "Market day"), (People.Selin, 5, "") })
        {
            await Hub.Invite(webinar, email);
            Assert.Null((await Surveys.Answer(await Hub.PersonId(email), webinar, new(useful, text, null), Cancel)).Refusal);
        }
        Assert.Null((await Surveys.Answer(await Hub.PersonId(People.Rana), webinar, new(4, "Zebra crossing", "Start on time"), Cancel)).Refusal);

        var results = (await Hub.Get<SurveyReader>().Read(await Hub.PersonId(People.Claire), webinar, Cancel)).Value;

        Assert.Equal([0, 0, 0, 1, 2], results.Useful);
        Assert.Equal((3, 14m / 3), (results.Answers, results.Average));
        Assert.Equal(["Market day", "Zebra crossing"], results.TakesHome);
        Assert.Equal(["Start on time"], results.Better);
    }

    [Fact]
    public async Task It_opens_at_the_end_and_closes_sixty_days_after_the_mail_that_asks()
    {
        var (ahead, old, asked) = (await Hub.Stage("Ahead", Hub.InDays(2)), await Hub.Stage("Old", Hub.InDays(-62)), await Hub.Stage("Asked", Hub.InDays(-62)));
        await Hub.Execute("update webinars set followed_up_at = now() - interval '50 days' where id = $1", asked);
        foreach (var (webinar, said) in new[] { (ahead, "report.not-over"), (old, "survey.closed"), (asked, null) })
        {
            await Hub.Invite(webinar, People.Rana);
            Assert.Equal(said, (await Surveys.Answer(await Hub.PersonId(People.Rana), webinar, new(3, "", ""), Cancel)).Refusal?.TextKey);
        }
    }

    [Fact]
    public async Task A_number_is_wanted_and_texts_have_a_limit()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        await Hub.Invite(webinar, People.Rana);
        var rana = await Hub.PersonId(People.Rana);
        foreach (var useful in new int?[] { null, 0, 6, -1 })
        {
            Assert.Equal("useful", (await Surveys.Answer(rana, webinar, new(useful, "", ""), Cancel)).Refusal?.Field);
        }
        Assert.Equal("takesHome", (await Surveys.Answer(rana, webinar, new(3, new string('x', 1_001), ""), Cancel)).Refusal?.Field);
        Assert.Equal("better", (await Surveys.Answer(rana, webinar, new(3, "", "a\0"), Cancel)).Refusal?.Field);
        Assert.Null((await Surveys.Answer(rana, webinar, new(3, new string('x', 1_000), ""), Cancel)).Refusal);
    }

    [Theory]
    [InlineData(People.Claire, RefusalCode.NotAllowed)]
    [InlineData(People.Lina, RefusalCode.NotFound)]
    public async Task Only_who_is_invited_answers(string email, RefusalCode code)
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        Assert.Equal(code, (await Surveys.Answer(await Hub.PersonId(email), webinar, new(3, "", ""), Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task A_link_is_for_one_person_as_long_as_they_are_on_the_list()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        var invitation = await Hub.Invite(webinar, People.Emre);
        var token = await Hub.MailedLink(invitation, Secret.Survey);
        Assert.Equal("tr", (await Surveys.ByLink(token, Cancel)).Value.Language);
        Assert.Null((await Surveys.Answer(token, new(5, "", ""), Cancel)).Refusal);
        await Hub.Execute("update invitations set removed_at = now() where id = $1", invitation);
        Assert.Equal(RefusalCode.NotFound, (await Surveys.ByLink(token, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await Surveys.Answer(token, new(1, "", ""), Cancel)).Refusal?.Code);
        Assert.Equal(5, await Hub.Scalar<int>("select useful from survey_answers where webinar_id = $1", webinar));
    }
}
