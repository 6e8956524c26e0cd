using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>Every page of the hub in every state worth seeing, in two languages and on two screens.</summary>
public sealed class Tour(TestPostgres postgres, Chromium chromium) : IAsyncLifetime
{
    public const string Heja = "heja.aziz@sulaymaniyah.example.org";
    public const string Karim = "karim.hammoud@saida.example.org";
    private const string NewGroup = "tyre-kilis";

    /// <summary>One language of each direction.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "ar"];

    private readonly Site _site = new(postgres, chromium);
    private string _link = "";
    private string _member = "";
    private Guid _webinar, _waiting, _moved, _live, _ended, _draft, _hosted, _invitation, _told;
    private PlanStops _plan = null!;
    private UpdateStops _updates = null!;
    private AttachmentStops _files = null!;
    private ShelfStops _shelf = null!;
    private PreviewStops _previews = null!;
    private string _answer = "", _overLink = "", _roomLink = "", _earlyLink = "", _survey = "", _alive = "";
    private StagedSearch _search = null!, _lapsed = null!;
    private StagedLearning _learned = null!;

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        await Prepare();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    /// <summary>Shows each stop, two people at a time; the demo's people read in the language that is shown.</summary>
    public async Task Walk(IEnumerable<Screen> screens, IEnumerable<string> languages, Func<View, Task> look)
    {
        foreach (var language in languages)
        {
            await _site.Execute("update people set language = $1", language);
            _link = await _site.Hub.App.Services.GetRequiredService<SignInService>().MakeLink(await _site.Hub.PersonId(People.Ziad), CancellationToken.None);
            foreach (var screen in screens)
            {
                await Walk(screen, language, look);
            }
        }
    }

    private Task Walk(Screen screen, string language, Func<View, Task> look) =>
        Parallel.ForEachAsync(Stops().Select((stop, number) => (stop, number)).GroupBy(one => one.stop.Email), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (person, _) =>
        {
            await using var visitor = await _site.Visit(person.Key, screen, language);
            foreach (var (stop, number) in person)
            {
                visitor.Forget();
                await Show(stop, visitor.Page);
                await look(new View(stop, number, screen, language, visitor));
            }
        });

    private static async Task Show(Stop stop, IPage page)
    {
        var answer = await page.GotoAsync(stop.Path, new() { WaitUntil = WaitUntilState.Load });
        if (stop.Act is { } act)
        {
            await page.EvaluateAsync("() => { window.before = true; }");
            answer = await page.RunAndWaitForResponseAsync(() => act(page), response => response.Request.IsNavigationRequest && response.Status != 302);
            await Eventually.True(() => IsNext(page), $"{stop.Name} follows");
        }
        Assert.True(answer?.Status == stop.Status, $"{stop.Name} ({page.Url}) answered {answer?.Status}, not {stop.Status}");
    }

    /// <summary>Another page than before stands there, whole.</summary>
    private static async Task<bool> IsNext(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("() => !window.before && document.readyState === 'complete'");
        }
        catch (PlaywrightException)
        {
            // Between two pages there is none to ask.
            return false;
        }
    }

    private IEnumerable<Stop> Stops() =>
    [
        new("sign-in", null, "/sign-in"),
        new("sign-in-error", null, "/sign-in", 400, page => Submit(page, ("#email", "rana@tripoli"))),
        new("sign-in-sent", null, "/sign-in/sent"),
        new("sign-in-confirm", null, _link),
        new("sign-in-used", null, "/sign-in/this-link-was-used-before", 404),
        new("mailbox", null, "/demo/mailbox"),
        new("mailbox-mail", null, "/demo/mailbox", 200, page => page.Locator(".rows a").First.ClickAsync()),
        new("not-found-signed-out", null, "/error/404", 404),
        new("home", People.Rana, "/"),
        new("groups", People.Rana, "/groups"),
        new("discussion", People.Rana, "/groups/" + People.TheirGroup),
        new("about", People.Rana, $"/groups/{People.TheirGroup}/about"),
        new("mark", People.Rana, $"/groups/{People.TheirGroup}/messages/{_learned.Message}/mark"),
        new("lessons", People.Rana, $"/groups/{People.TheirGroup}/register/lessons"),
        new("lesson", People.Rana, $"/groups/{People.TheirGroup}/register/lessons/{_learned.Lesson}"),
        new("lesson-told", People.Rana, $"/groups/{People.TheirGroup}/register/lessons/{_learned.Lesson}?told={_learned.Told}"),
        new("lesson-error", People.Rana, $"/groups/{People.TheirGroup}/register/lessons/{_learned.Lesson}", 400, page => Submit(page, ("#Input-Audience", "Chamber of trade"), ("#Input-DueOn", "2020-01-01"))),
        new("contributions", People.Rana, $"/groups/{People.TheirGroup}/register/contributions"),
        new("contributions-error", People.Rana, $"/groups/{People.TheirGroup}/register/contributions", 400, page => Submit(page, ("#Input-Text", "Statutes of the cooperative"), ("#Input-HappenedOn", "2090-01-01"))),
        new("network", People.Rana, "/networks/hmln"),
        new("webinars", People.Rana, "/webinars"),
        new("webinars-search", People.Rana, "/webinars?text=nothing+like+it&state=scheduled"),
        new("webinar", People.Rana, $"/webinars/{_webinar}"),
        new("webinar-waiting", People.Rana, $"/webinars/{_waiting}"),
        new("webinar-moved", People.Rana, $"/webinars/{_moved}"),
        new("webinar-live", People.Rana, $"/webinars/{_live}"),
        new("webinar-room", People.Rana, $"/webinars/{_live}/room"),
        new("webinar-room-guest", null, $"/rooms/{_roomLink}"),
        new("webinar-room-inside", null, $"/rooms/{_roomLink}", 200, page => page.Locator("main .btn-primary").ClickAsync()),
        new("webinar-room-early", null, $"/rooms/{_earlyLink}"),
        new("webinar-room-over", null, "/rooms/over", 410),
        new("webinar-ended", People.Rana, $"/webinars/{_ended}"),
        new("webinar-told", People.Rana, $"/webinars/{_told}"),
        new("survey", null, $"/surveys/{_survey}"),
        new("survey-unknown", null, "/surveys/this-link-was-cut-off", 404),
        new("invitation", null, $"/invitations/{_answer}?answer=accepted"),
        new("invitation-over", null, $"/invitations/{_overLink}", 410),
        new("invitation-unknown", null, "/invitations/this-link-was-cut-off", 404),
        new("dates", null, $"/dates/{_search.Links[People.Emre]}"),
        new("dates-over", null, $"/dates/{_lapsed.Links[People.Emre]}", 410),
        new("register", People.Rana, "/register"),
        new("register-search", People.Rana, "/register?network=hmln&q=market&country=LB&status=active"),
        new("register-nothing", People.Rana, "/register?q=nothing+like+it"),
        new("register-entry", People.Rana, $"/register/{People.TheirGroup}"),
        new("register-entry-new", People.Rana, $"/register/{People.OtherGroup}"),
        new("register-quarter", People.Rana, $"/register/{People.TheirGroup}/2026-Q1"),
        new("register-edit", People.Rana, $"/register/{People.TheirGroup}/edit"),
        new("register-edit-conflict", People.Rana, $"/register/{People.TheirGroup}/edit", 409, WriteMeanwhile),
        new("register-practices", People.Rana, "/register/practices"),
        new("register-practices-nothing", People.Rana, "/register/practices?q=nothing+like+it"),
        new("account", People.Rana, "/account"),
        new("account-token", People.Rana, "/account", 200, page => Submit(page, ("#TokenName", "Register export"))),
        new("account-error", People.Rana, "/account", 400, page => Submit(page, ("#TokenName", "Export"), ("#TokenDays", "100000"))),
        new("not-found", People.Rana, "/groups/nowhere", 404),
        new("home-empty", Heja, "/"),
        new("groups-empty", Heja, "/groups"),
        new("webinars-empty", Heja, "/webinars"),
        new("discussion-read-only", Karim, "/groups/nablus-saida"),
        new("discussion-empty", People.Claire, "/groups/" + NewGroup),
        new("lessons-empty", People.Claire, $"/groups/{NewGroup}/register/lessons"),
        new("contributions-empty", People.Claire, $"/groups/{NewGroup}/register/contributions"),
        new("discussion-of-a-facilitator", People.Claire, "/groups/" + People.OtherGroup),
        new("about-facilitator", People.Claire, $"/groups/{People.TheirGroup}/about"),
        new("about-member", People.Claire, $"/groups/{People.TheirGroup}/about?edit={_member}"),
        new("board", People.Claire, "/facilitate"),
        new("board-nothing", People.Claire, "/facilitate?filter=week&sort=name"),
        new("board-map", People.Claire, "/facilitate/map"),
        new("board-group", People.Claire, $"/facilitate/{People.TheirGroup}"),
        new("board-nudge", People.Claire, $"/facilitate/nudge?group={People.TheirGroup}&group={People.OtherGroup}"),
        new("board-nudge-nothing", People.Claire, "/facilitate/nudge?group=hebron-mersin"),
        new("board-message", People.Claire, $"/facilitate/message?group={People.TheirGroup}&group={People.OtherGroup}"),
        new("board-message-read", People.Claire, $"/facilitate/message?group={People.TheirGroup}", 200, page => Submit(page, ("#subject", "Visits of spring"), ("#text", "Dear all,\nplease look at the dates for the visits."))),
        new("board-message-error", People.Claire, $"/facilitate/message?group={People.TheirGroup}", 400, page => Submit(page, ("#subject", "Visits of spring"), ("#text", " "))),
        new("board-history", People.Claire, $"/facilitate/{People.TheirGroup}/history"),
        new("alive", null, $"/alive/{_alive}"),
        new("alive-answered", null, $"/alive/{_alive}", 200, page => page.Locator("button[value=help]").ClickAsync()),
        new("alive-unknown", null, "/alive/this-link-was-cut-off", 404),
        new("webinar-organiser", People.Claire, $"/webinars/{_webinar}"),
        new("networks", People.Claire, "/networks"),
        new("network-facilitator", People.Claire, "/networks/hmln"),
        new("new-organisation", People.Claire, "/networks/hmln/new-organisation"),
        new("new-person", People.Claire, "/networks/hmln/new-person"),
        new("new-person-error", People.Claire, "/networks/hmln/new-person", 400, page => Submit(page, ("#Input-Name", "Nour Masri"), ("#Input-Email", "nour@tyre"))),
        new("new-group", People.Claire, "/networks/hmln/new-group"),
        new("webinar-new", People.Claire, "/webinars/new?network=hmln"),
        new("webinar-new-checked", People.Claire, "/webinars/new?network=hmln", 200, CheckWebinar),
        new("webinar-new-error", People.Claire, "/webinars/new?network=hmln", 400, MissWebinar),
        new("webinar-agenda", People.Claire, $"/webinars/{_live}/agenda"),
        new("webinar-agenda-new", People.Claire, $"/webinars/{_draft}/agenda", 200, page => page.Locator("button[value=groups]").ClickAsync()),
        new("webinar-room-organiser", People.Claire, $"/webinars/{_live}/room"),
        new("webinar-edit-draft", People.Claire, $"/webinars/{_draft}/edit"),
        new("webinar-edit", People.Claire, $"/webinars/{_hosted}/edit"),
        new("webinar-mail", People.Claire, $"/webinars/{_draft}/mail"),
        new("webinar-answers", People.Claire, $"/webinars/{_hosted}/answers"),
        new("webinar-answers-draft", People.Claire, $"/webinars/{_draft}/answers"),
        new("webinar-answers-off", People.Claire, $"/webinars/{_hosted}/answers?off={_invitation}"),
        new("webinar-answers-nudge", People.Claire, $"/webinars/{_hosted}/answers?ask=nudge"),
        new("webinar-answers-cancel", People.Claire, $"/webinars/{_hosted}/answers?ask=cancel"),
        new("webinar-dates-first", People.Claire, $"/webinars/{_draft}/dates"),
        new("webinar-dates", People.Claire, $"/webinars/{_search.Webinar}/dates"),
        new("webinar-dates-choose", People.Claire, $"/webinars/{_search.Webinar}/dates?choose={_search.Dates[1]}"),
        new("webinar-dates-error", People.Claire, $"/webinars/{_draft}/dates", 400, MissDates),
        new("webinar-report", People.Claire, $"/webinars/{_told}/report"),
        new("webinar-report-follow-up", People.Claire, $"/webinars/{_told}/report?ask=follow-up"),
        new("webinar-report-template", People.Claire, $"/webinars/{_told}/report?from=template"),
        new("webinar-report-error", People.Claire, $"/webinars/{_told}/report", 400, page => Submit(page, ("#Material-Title", "Slides"), ("#Material-Url", "http://files.example.org"))),
        .. _plan.Of(NewGroup),
        .. _files.Of(),
        .. TemplateStops.All,
        .. _updates.All,
        .. _shelf.Of(NewGroup),
        .. _previews.All,
        new("not-allowed", People.Rana, "/networks/hmln/new-group", 403),
    ];

    /// <summary>Somebody else has saved the same text since the form was opened.</summary>
    private static async Task WriteMeanwhile(IPage page)
    {
        await page.Locator("input[name='Fields[0].Seen']").EvaluateAsync("field => { field.value = 'another'; }");
        await Submit(page, ("[name='Fields[0].Text']", "We test in our own market what the other has learned."));
    }

    private static async Task CheckWebinar(IPage page)
    {
        await page.Locator("#Input-Title").FillAsync("Taking stock with eleven groups");
        await page.Locator("#all-groups").CheckAsync();
        await page.Locator("#Invite-Guests").FillAsync("paul.tessier@donor.example.org, Paul Tessier, fr");
        await page.Locator("#webinar .row-c button[value=check]").ClickAsync();
    }

    private static async Task MissWebinar(IPage page)
    {
        await page.Locator("#Input-JoinUrl").FillAsync("meet.example");
        await page.Locator("#Invite-Guests").FillAsync("paul at donor");
        await page.Locator("#webinar .row-c button[value=check]").ClickAsync();
    }

    private static async Task MissDates(IPage page)
    {
        await page.Locator("[name='Input.Rows[0].Day']").FillAsync("2024-05-07");
        await page.Locator(".propose .row-c button[value=save]").ClickAsync();
    }

    private static async Task Submit(IPage page, params (string Field, string Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            await page.Locator(field).FillAsync(value);
        }
        await page.Locator("form", new() { Has = page.Locator(fields[0].Field) }).Locator("button").First.ClickAsync();
    }

    /// <summary>A group that nobody has written in, a second network for the facilitator, mails.</summary>
    private async Task Prepare()
    {
        var claire = await _site.Hub.PersonId(People.Claire);
        var partners = await _site.Hub.Db(db => db.Organisations.Where(o => o.Initials == "TY" || o.Initials == "KI").Select(o => o.Id).ToListAsync());
        var made = await _site.Hub.App.Services.GetRequiredService<NetworkEditor>().StartGroup(claire, "hmln",
            new NewGroup(NewGroup, null, "Green spaces by the sea and inland", "informal", null, "proposed", partners, null, null), CancellationToken.None);
        Assert.Null(made.Refusal);
        await _site.Execute("insert into network_roles select id, $1, 'maintainer' from networks where template = 'platforms'", claire);
        _member = (await _site.Hub.PersonId(People.Selin)).ToString();
        await PrepareRegister(_site.Hub);
        await PrepareWebinars(claire);
        _plan = await PlanStops.Prepare(_site.Hub);
        _learned = await StagedLearning.Prepare(_site.Hub);
        await PrepareBoard();
        _updates = await UpdateStops.Prepare(_site.Hub);
        _files = await AttachmentStops.Prepare(_site.Hub);
        _shelf = await ShelfStops.Prepare(_site.Hub);
        _previews = await PreviewStops.Prepare(_site.Hub);
        var signIn = _site.Hub.App.Services.GetRequiredService<SignInService>();
        foreach (var email in new[] { People.Rana, People.Ziad, People.Emre })
        {
            await signIn.Ask(email, null, CancellationToken.None);
        }
        await Webinars();
        await Eventually.True(async () => await _site.Hub.Db(db => db.Mailbox.CountAsync(m => db.Emails.Any(e => e.Id == m.EmailId && e.Kind == "sign-in"))) == 3, "three mails have come");
    }

    /// <summary>An update and a late review that are owed, a lead who was asked how it goes.</summary>
    private async Task PrepareBoard()
    {
        await _site.Hub.OweUpdate(People.TheirGroup, 12);
        await _site.Hub.OweUpdate(People.OtherGroup, 12);
        await _site.Hub.OweReview(People.TheirGroup, -3);
        _alive = await _site.Hub.PersonLink(People.Rana, People.TheirGroup, Secret.Alive);
    }

    /// <summary>An entry with a quarter of each state, and what the group has learned.</summary>
    private static async Task PrepareRegister(TestHub hub)
    {
        await hub.Entry(People.TheirGroup, "Both cities share a craft economy older than either border.\n\nEach tests in its own market what the other has learned.", "Visit to the vocational centre", "Ask owners where they sell before asking what they earn.", "استمارة مترجمة لا تكفي. تضاعفت الردود مع محاور من الحي.");
        await hub.Quarter(People.TheirGroup, "2025-Q4", People.Selin, new("", "", "", ""));
        await hub.Quarter(People.TheirGroup, "2026-Q1", People.Rana, new("The survey reached 148 workshops in Ünaldı and 37 shops in the market.", "Ring before coming", "", "Rana Khoury, mornings"), ("activity_done", "Training of eight interviewers"), ("note", "زيارة ورشتين في باب التبانة"), ("lesson", "A neighbour opens doors."));
        await hub.Quarter(People.TheirGroup, "2026-Q2", null, new("", "", "", ""));
    }

    /// <summary>A draft, and one announced to all groups that some have answered and whose mail came back from somebody.</summary>
    private async Task PrepareWebinars(Guid claire)
    {
        var webinars = _site.Hub.App.Services.GetRequiredService<WebinarService>();
        var input = new WebinarInput("Taking stock with eleven groups", "2027-03-30T10:00", "Europe/Paris", 90, "Online", "https://meet.example.org/hmln", "We met in July.", ["Connect the people of the eleven groups.", "Agree on the visits of spring."], "Members of the groups", 12);
        _draft = (await webinars.Create(claire, "hmln", input with { Title = "Twinning Arrangements" }, new InviteList(Groups: [People.TheirGroup]), false, CancellationToken.None)).Value.Id;
        _hosted = (await webinars.Create(claire, "hmln", input, new InviteList(AllGroups: true, Guests: [new("paul.tessier@donor.example.org", "Paul Tessier", "fr", null)]), true, CancellationToken.None)).Value.Id;
        var invitations = await _site.Hub.Db(db => db.Invitations.Where(i => i.WebinarId == _hosted).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync());
        _invitation = invitations[^1];
        foreach (var (invitation, i) in invitations.Take(30).Select((invitation, i) => (invitation, i)))
        {
            await _site.Hub.App.Services.GetRequiredService<AnswerService>().Answer(new(invitation, i % 5 == 0 ? "declined" : i % 4 == 0 ? "tentative" : "accepted", "page"), CancellationToken.None);
        }
        await Eventually.True(async () => await _site.Hub.Db(db => db.Emails.AllAsync(e => e.State != "queued" && e.State != "sending")), "the invitations have gone");
        await _site.Execute("update emails set state = 'bounced', last_error = '550 5.1.1 No such user here' where id = (select email_id from invitations where id = $1)", _invitation);
    }

    /// <summary>One webinar in every state that an invitee meets.</summary>
    private async Task Webinars()
    {
        var hub = _site.Hub;
        var about = new StagedWebinar { Aims = ["Connect the people of the eleven groups.", "Take stock of what each group has done since July.", "Agree on the visits of spring 2027."], Context = "Each group has three minutes.\nWhat is said goes into the register draft.", JoinUrl = "https://meet.example.org/stock" };
        _webinar = await hub.Stage("Taking stock with eleven groups", hub.InDays(12), about);
        await hub.Invite(_webinar, People.Rana, Invitation.Accepted);
        _answer = await hub.MailedLink(await hub.Invite(_webinar, People.Selin));
        await hub.Invite(await hub.Stage("Twinning arrangements", hub.InDays(30), about), People.Rana);
        _waiting = await hub.Stage("Visit of the compost plant", hub.InDays(15), about with { Capacity = 1 });
        await hub.Invite(_waiting, People.Selin, Invitation.Accepted);
        await hub.Invite(_waiting, People.Rana, Invitation.Waiting);
        _moved = await hub.Stage("Small ports, small firms", hub.InDays(20), about with { Location = "" });
        var moved = await hub.Invite(_moved, People.Rana);
        await hub.Change(db => Task.FromResult(db.InvitationLog.Add(new(_moved, moved, hub.Now(), "moved")).Entity.Outcome));
        _live = await hub.Stage("Open hour", hub.Now().AddMinutes(-20), about with { Minutes = 600 });
        await hub.Invite(_live, People.Rana, Invitation.Accepted);
        await hub.FillRoom(_live);
        _roomLink = await hub.MailedLink(await hub.Invite(_live, People.Ziad, Invitation.Accepted), Secret.Room);
        _earlyLink = await hub.MailedLink(await hub.Invite(_webinar, People.Emre, Invitation.Accepted), Secret.Room);
        _ended = await hub.Stage("Kick-off", hub.InDays(-20), about);
        _overLink = await hub.MailedLink(await hub.Invite(_ended, People.Rana, Invitation.Tentative));
        _search = await hub.FindDate([People.Rana, People.Emre, People.Lina], 14, 16, 18, 19);
        await hub.Say(_search, People.Rana, "yes", "maybe", "no", "no");
        await hub.Say(_search, People.Lina, "yes", "yes", "maybe", "");
        _lapsed = await hub.FindDate([People.Emre], -3, -2);
        await Tell(hub, about);
        await hub.Invite(await hub.Stage("Budget hearing", hub.InDays(-9), about with { State = Webinar.Cancelled }), People.Rana);
    }

    /// <summary>A webinar that is over, with people, minutes and answers; the follow-up has not gone.</summary>
    private async Task Tell(TestHub hub, StagedWebinar about)
    {
        _told = await hub.Stage("What the markets taught us", hub.InDays(-2), about);
        await hub.Invite(_told, People.Rana, Invitation.Accepted);
        await hub.Invite(_told, People.Selin, Invitation.Accepted);
        await hub.Invite(_told, People.Lina, Invitation.Accepted);
        _survey = await hub.MailedLink(await hub.Invite(_told, People.Emre), Secret.Survey);
        await hub.Visit(_told, People.Rana, -3, 88);
        await hub.Visit(_told, People.Selin, 4, 61);
        await hub.Visit(_told, People.Emre, 2, 2, "meeting");
        await hub.Visit(_told, People.Claire, -12, 93);
        var (claire, reports) = (await hub.PersonId(People.Claire), hub.Get<ReportService>());
        Assert.Null((await reports.Save(claire, _told, 2, "## What we agreed\n\n- The visits begin in **late spring**.\n- Each city writes two pages.\n\n> Twelve stalls have opened.\n> — Rana Khoury", "https://video.example.org/stock", CancellationToken.None)).Refusal);
        Assert.Null((await reports.AddMaterial(claire, _told, "Checklist for visits: what to bring, whom to ask", "https://files.example.org/checklist", CancellationToken.None)).Refusal);
        Assert.Null((await hub.Get<SurveyService>().Answer(await hub.PersonId(People.Selin), _told, new(5, "Perşembe pazarını deneyeceğiz.", "More time for questions"), CancellationToken.None)).Refusal);
    }
}
