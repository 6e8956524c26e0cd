using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Mail;
using TwinHub.Core.Reminders;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reviews;

/// <summary>Who is reminded of which answer, in what words, and when a mail is not worth sending any more.</summary>
public sealed class ReviewChaseTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Maya = "maya.dannaoui@tripoli.example.org";

    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IChase Chase => Hub.App.Services.GetServices<IChase>().Single(one => one.Kind == "review");

    [Theory]
    [InlineData(1, 20, false)]
    [InlineData(0, 20, true)]
    [InlineData(-30, 0, true)]
    [InlineData(-60, -20, true)]
    [InlineData(-60, -21, false)]
    public async Task It_is_owed_from_its_opening_until_it_is_missed(int opens, int due, bool isOwed)
    {
        var review = await Hub.Review("Owed", opens, due);
        Assert.Equal(isOwed ? [Maya, People.Selin] : [], (await Owed(review)).Select(one => one.Person!.Email));
    }

    [Fact]
    public async Task One_answer_stops_its_partner_s_reminders_only_and_the_last_one_all()
    {
        var review = await Hub.Review("Half");
        await Hub.Answer(People.Rana, review, "Answered");
        var owed = Assert.Single(await Owed(review));
        Assert.Equal((review, People.Selin, "TR", Hub.Day(10)), (owed.SubjectId, owed.Person!.Email, owed.Country, owed.DueOn));
        await Hub.Answer(People.Selin, review, "Answered too");
        Assert.Empty(await Owed(review));
    }

    [Theory]
    [InlineData("update twinning_groups set status = 'paused' where slug = $2 and $1 is not null")]
    [InlineData("update milestone_reviews set cancelled_at = now() where id = $1 and $2 <> ''")]
    public async Task Nothing_is_owed_in_a_paused_group_or_once_it_was_called_off(string change)
    {
        const string Group = "erbil-irbid";
        await Hub.Execute("update twinning_groups set status = 'active' where slug = $1", Group);
        var review = await Hub.Review("No more", group: Group);
        Assert.NotEmpty(await Owed(review));
        await Hub.Execute(change, review, Group);
        Assert.Empty(await Owed(review));
    }

    [Fact]
    public async Task The_reviewer_is_asked_then_who_is_responsible_then_the_lead_then_the_longest_member_who_may_write()
    {
        const string Group = "duhok-mardin";
        var review = await Hub.Review("Whom", group: Group);
        var organisation = (await Owed(review))[0].OrganisationId;
        var people = await Hub.Db(db => db.Memberships.Where(m => m.OrganisationId == organisation && db.Groups.Any(g => g.Id == m.GroupId && g.Slug == Group)).OrderBy(m => m.PersonId).Select(m => m.PersonId).ToListAsync());
        Assert.True(people.Count >= 3);
        foreach (var (roles, asked) in new[] { (new[] { "lead", "responsible", "reviewer" }, 2), (["lead", "responsible", "member"], 1), (["member", "observer", "lead"], 2), (["observer", "member", "correspondent"], 2), (["observer", "observer", "observer"], -1) })
        {
            for (var i = 0; i < people.Count; i++)
            {
                // The later in the list, the longer a member.
                await Hub.Execute("update memberships set roles = array[$3], since = $4 where person_id = $1 and group_id = (select id from twinning_groups where slug = $2)", people[i], Group, i < 3 ? roles[i] : "observer", Hub.Now().AddDays(-i - 1).ToUniversalTime());
            }
            Assert.Equal(asked < 0 ? null : people[asked], (await Owed(review)).FirstOrDefault(one => one.OrganisationId == organisation)?.Person?.Id);
        }
    }

    [Theory]
    [InlineData("open", 14, "open")]
    [InlineData("-3", 3, "before")]
    [InlineData("-3", 0, "before")]
    [InlineData("+7", -7, "after")]
    public async Task Each_step_has_its_words_in_four_languages_and_leads_to_the_review(string step, int due, string phase)
    {
        var review = await Hub.Review("Stalls counted", -30, due);
        foreach (var language in Languages.All)
        {
            await Hub.Execute("update people set language = $2 where email = $1", People.Selin, language);
            var owed = (await Owed(review)).Single(one => one.Person!.Email == People.Selin);
            var letter = await Hub.Db(db => Chase.Write(db, owed, step, Cancel));
            var words = Texts.Shared.For(language);
            Assert.Equal(words.Say($"review-mail.{phase}.subject", ("review", "Stalls counted")), letter.Subject);
            Assert.Equal(("review-reminder", People.TheirGroup, review.ToString(), step), (letter.Kind, letter.About["group"], letter.About["review"], letter.About["step"]));
            Assert.EndsWith($"/groups/{People.TheirGroup}/reviews/{review}", letter.Button!.Url, StringComparison.Ordinal);
            Assert.Contains(words.LongDate(Hub.Day(due)), letter.Plain(), StringComparison.Ordinal);
            Assert.Equal(words[due < 0 ? "review-mail.opened" : "review-mail.sealed"], letter.Paragraphs[1]);
        }
    }

    [Fact]
    public async Task A_mail_holds_while_its_partner_owes_the_answer()
    {
        var review = await Hub.Review("Holds");
        var owed = (await Owed(review)).Single(one => one.Person!.Email == Maya);
        Assert.True(await Holds(owed));
        Assert.False(await Holds(owed with { SubjectId = Guid.NewGuid() }));
        await Hub.Days(review, -60, -21);
        Assert.False(await Holds(owed));
        await Hub.Days(review, -60, -20);
        Assert.True(await Holds(owed));
        await Hub.Answer(People.Rana, review, "Late but there");
        Assert.False(await Holds(owed));
    }

    private async Task<IReadOnlyList<Owed>> Owed(Guid review) => await Hub.Db(db => Chase.Outstanding(db, [review], Cancel));

    private async Task<bool?> Holds(Owed owed) =>
        await Hub.Get<MailReason>().StillHolds(new(Guid.Empty, "<x@example.org>", "", owed.Person!.Email, MailReason.Review(owed.SubjectId, owed.OrganisationId), [], 1), Cancel);
}
