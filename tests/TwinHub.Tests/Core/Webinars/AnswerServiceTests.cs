using System.Net;
using Npgsql;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Core.Mail.Inbound;
using TwinHub.Tests.Support;
using TwinHub.Tests.Web.Pages.Webinars;
using Xunit;

namespace TwinHub.Tests.Core.Webinars;

/// <summary>Seats when everybody answers at the same moment, on every way there is: none is given twice, none stays empty (security, 18).</summary>
[Collection(Soak.Load)]
public sealed class AnswerServiceTests(InboundHub world) : IClassFixture<InboundHub>
{
    private const int Seats = 50;

    private TestHub Hub => world.Hub;

    [Fact]
    public async Task Two_hundred_say_yes_at_once_to_fifty_seats_ten_give_theirs_up_and_a_move_asks_all_anew()
    {
        var asked = await AskedPeople.Ask(world, 200, Seats);
        var shuffled = asked.All.ToArray();
        Soak.Seed().Shuffle(shuffled);

        await Task.WhenAll(shuffled.Select(person => asked.Answer(person, Invitation.Accepted, 0)));
        await asked.Settled();
        Assert.Equal("accepted 50, waiting 150", await Responses(asked));
        var waiting = await Logged(asked, "waiting");
        Assert.Equal(waiting.Order(), (await Mails(asked, "Waiting list:")).Order());

        var holders = (await Logged(asked, "recorded")).ToHashSet();
        await Task.WhenAll(asked.All.Where(person => holders.Contains(person.Email)).Take(10).Select(person => asked.Answer(person, Invitation.Declined, 0, times: 3)));
        await asked.Settled();
        Assert.Equal("accepted 50, declined 10, waiting 140", await Responses(asked));
        Assert.Equal(waiting.Take(10), await Logged(asked, "promoted"));
        Assert.Equal(waiting.Take(10).Order(), (await Mails(asked, "You have a seat:")).Order());

        await Move(asked.Webinar);
        await asked.Settled();
        Assert.Equal("none 200", await Responses(asked));
        var (before, mails) = (await Rows(asked), await Mails(asked, ""));
        await Task.WhenAll(asked.All.Select(asked.Replay));
        await asked.Settled();
        Assert.Equal((before, mails.Length), (await Rows(asked), (await Mails(asked, "")).Length));
        await NeverMoreThan(asked, Seats);

        // Who held a seat holds it still and takes it up; who waited may wait again.
        var (seated, late) = (asked.All.First(person => person.Browser is not null && waiting.Take(10).Contains(person.Email)), asked.All.First(person => person.Browser is not null && waiting.Skip(10).Contains(person.Email)));
        await asked.Answer(late, Invitation.Accepted, 1);
        await asked.Answer(seated, Invitation.Accepted, 1);
        Assert.Equal("accepted 1, none 198, waiting 1", await Responses(asked));
    }

    [Fact]
    public async Task Answers_that_wait_for_one_webinar_leave_everybody_else_a_connection()
    {
        var webinar = await Hub.Stage("Asked for at once", Hub.InDays(6));
        var token = await Hub.MailedLink(await Hub.Invite(webinar, People.Rana));
        using var reader = await Hub.Browser(People.Selin);
        using var link = Hub.BrowserWith(null);
        await using var connection = await Hub.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var busy = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand($"select 1 from webinars where id = '{webinar}' for update", connection, busy);
        await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        var answers = Enumerable.Range(0, 100).Select(_ => link.Send(HttpMethod.Post, $"/invitations/{token}", Forms.Content(("answer", "accepted")))).ToList();
        await Eventually.True(async () => await Hub.Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 10, "answers wait");

        using var page = await reader.Get("/webinars");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain(answers, answer => answer.IsCompleted);
        await busy.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
    }

    [Fact]
    public async Task A_closed_account_holds_no_seat_and_gets_none()
    {
        var webinar = await Hub.Stage("Two seats", Hub.InDays(6), new(Capacity: 2));
        await Hub.Invite(webinar, People.Selin, Invitation.Accepted);
        var (first, gone, next) = (await Hub.Invite(webinar, People.Rana, Invitation.Accepted), await Hub.Invite(webinar, People.Ziad, Invitation.Waiting), await Hub.Invite(webinar, People.Emre, Invitation.Waiting));
        await Hub.Execute("update people set disabled_at = now() where email = $1", People.Ziad);
        using var link = Hub.BrowserWith(null);

        await link.Send(HttpMethod.Post, $"/invitations/{await Hub.MailedLink(first)}", Forms.Content(("answer", "declined")));
        Assert.Equal((Invitation.Waiting, Invitation.Accepted), ((await Hub.InvitationOf(gone)).Response, (await Hub.InvitationOf(next)).Response));
        await Hub.Execute("update people set disabled_at = now() where email = $1", People.Selin);
        await link.Send(HttpMethod.Post, $"/invitations/{await Hub.MailedLink(first)}", Forms.Content(("answer", "accepted")));
        Assert.Equal(Invitation.Accepted, (await Hub.InvitationOf(first)).Response);
        await Hub.Execute("update people set disabled_at = null where email in ($1, $2)", People.Ziad, People.Selin);
    }

    private async Task Move(Guid webinar)
    {
        using var organiser = await Hub.Browser(People.Claire);
        using var moved = await organiser.PostForm($"/webinars/{webinar}/edit", $"/webinars/{webinar}/edit",
            WebinarPages.Filled("save", ("Version", "2"), ("Input.Capacity", $"{Seats}"), ("Input.Time", "14:00")));
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
    }

    /// <summary>How many people each answer has.</summary>
    private Task<string> Responses(AskedPeople asked) => Hub.Scalar<string>("""
        select string_agg(response || ' ' || people, ', ' order by response) from (select response, count(*) people from invitations where webinar_id = $1 group by 1) r
        """, asked.Webinar);

    /// <summary>Whose answer led to that, in the order in which the answers were taken.</summary>
    private Task<string[]> Logged(AskedPeople asked, string outcome) => Hub.Scalar<string[]>("""
        select array(select p.email from invitation_log l join invitations i on i.id = l.invitation_id join people p on p.id = i.person_id
                     where l.webinar_id = $1 and l.outcome = $2 order by l.id)
        """, asked.Webinar, outcome);

    /// <summary>Who got a mail whose subject begins like that, one entry a mail.</summary>
    private async Task<string[]> Mails(AskedPeople asked, string subject) =>
        [.. (await Hub.MailsAbout(asked.Webinar)).Where(mail => mail.Subject.StartsWith(subject, StringComparison.Ordinal)).Select(mail => mail.To)];

    private Task<string> Rows(AskedPeople asked) => Hub.Scalar<string>("select string_agg(to_jsonb(i)::text, chr(10) order by id) from invitations i where webinar_id = $1", asked.Webinar);

    /// <summary>The log played again: never were more seats held than there are.</summary>
    private async Task NeverMoreThan(AskedPeople asked, int seats)
    {
        var held = await Hub.Scalar<long[]>("""
            select array(select sum(case when outcome = 'promoted' or (outcome = 'recorded' and response = 'accepted') then 1 when outcome = 'recorded' and response = 'declined' and first then -1 else 0 end) over (order by id)
                         from (select *, row_number() over (partition by invitation_id, response, outcome order by id) = 1 as first from invitation_log where webinar_id = $1) l order by id)
            """, asked.Webinar);
        Assert.Equal(seats, held.Max());
    }
}
