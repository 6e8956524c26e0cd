using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>A demo hub with one person for every role of the matrix: one lost a group, one was disabled, both after signing in.</summary>
public sealed class AccessWorld(TestPostgres postgres) : IAsyncLifetime
{
    public const string ForeignGroup = "italy-albania";

    /// <summary>A quarter that every group with an entry has submitted.</summary>
    public const string SubmittedQuarter = "2024-Q3";
    private const string ObserversGroup = "nablus-saida";
    private const string Disabled = "disabled";

    private static readonly Dictionary<string, string> Emails = new()
    {
        ["member"] = People.Rana, ["other group"] = People.Lina, ["other facilitator"] = People.ForeignFacilitator, ["facilitator"] = People.Claire,
        ["observer"] = "karim.hammoud@saida.example.org", ["revoked"] = "maya.dannaoui@tripoli.example.org", [Disabled] = People.Ziad,
    };

    private readonly Dictionary<string, string> _tokens = [], _cookies = [];
    private readonly Dictionary<string, (string Cookie, string Token)> _forms = [];
    private Webinar? _hosted;
    private StagedSearch _search = null!;
    private readonly string _updateLink = Secret.New(), _deadUpdateLink = Secret.New();
    private string _deadCookie = "", _deadLink = "", _answerLink = "", _deadAnswerLink = "", _surveyLink = "", _deadSurveyLink = "", _aliveLink = "", _deadAliveLink = "";

    public TestHub Hub { get; private set; } = null!;

    /// <summary>The newest one: the mailbox shows no more than some.</summary>
    public async Task<Guid> Mail()
    {
        using var browser = Hub.BrowserWith(null);
        return (await (await browser.Get("/demo/mailbox.json")).Json())[0].GetProperty("id").GetGuid();
    }

    public Guid ForeignChannel { get; private set; }

    /// <summary>The facilitator's; the member, the observer, the revoked and the disabled one are invited.</summary>
    public Guid Webinar { get; private set; }

    public Guid ForeignWebinar { get; private set; }

    /// <summary>A webinar under way, to which the member, the observer, the revoked and the disabled one come.</summary>
    public AccessRoom Room { get; private set; } = null!;

    /// <summary>The newest quarter that is over.</summary>
    public string Quarter { get; } = TwinHub.Core.Register.Quarter.EndedBefore(DateOnly.FromDateTime(DateTime.UtcNow), 1).Label;

    /// <summary>The token of a register mail: the disabled person's own, somebody's for all others.</summary>
    public string UpdateLink(string role) => role == Disabled ? _deadUpdateLink : _updateLink;
    /// <summary>Documents, attachments and uploads.</summary>
    public AccessFiles Files { get; private set; } = null!;

    /// <summary>Plans and reviews in the roles' groups.</summary>
    public AccessPlan Plan { get; private set; } = null!;

    /// <summary>Previews of files in the roles' groups.</summary>
    public AccessPreviews Previews { get; private set; } = null!;
    /// <summary>Documents of the roles' groups.</summary>
    public AccessShelf Shelf { get; private set; } = null!;

    /// <summary>The token at the foot of somebody's reminder.</summary>
    public string StopLink { get; } = Secret.New();

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.Start(postgres, "--Mail:InboundSecret=the-mail-server-shows-this");
        foreach (var (role, email) in Emails)
        {
            _tokens[role] = await Hub.Token(email);
        }
        (_deadCookie, _deadLink) = (await Hub.SessionOf(Emails[Disabled]), await NewLink(Emails[Disabled]));
        ForeignChannel = await Hub.ChannelOf(ForeignGroup);
        await ReceiveMail();
        (Webinar, ForeignWebinar) = (await NewWebinar("hmln", People.Claire, "member", "observer", "revoked", Disabled), await NewWebinar("platforms", "katarina.lindqvist@isdr.example.org"));
        await Hub.Execute("insert into invitation_links (hash, invitation_id, purpose, created_at) select $1, id, 'unsubscribe', now() from invitations limit 1", Secret.Hash(Secret.Unsubscribe, StopLink));
        (_answerLink, _deadAnswerLink) = (await Hub.MailedLink(await Hub.Invite(Webinar, People.Emre)), await Hub.MailedLink(await InvitationOf(Emails[Disabled])));
        Room = await AccessRoom.Open(Hub, Emails[Disabled], Emails["member"], Emails["observer"], Emails["revoked"]);
        Plan = await AccessPlan.Open(Hub);
        Files = await AccessFiles.Open(Hub);
        Previews = await AccessPreviews.Open(Hub);
        Shelf = new(Hub);
        _search = await Hub.FindDate([People.Emre, Emails[Disabled]], 20, 21);
        var over = await Hub.Stage("Over", Hub.InDays(-1));
        (_surveyLink, _deadSurveyLink) = (await Hub.MailedLink(await Hub.Invite(over, People.Emre), Secret.Survey), await Hub.MailedLink(await Hub.Invite(over, Emails[Disabled]), Secret.Survey));
        await Hub.OpenUpdate(People.TheirGroup, Quarter, (People.Selin, _updateLink), (Emails[Disabled], _deadUpdateLink));
        (_aliveLink, _deadAliveLink) = (await Hub.PersonLink(People.Selin, People.TheirGroup, Secret.Alive), await Hub.PersonLink(Emails[Disabled], People.TheirGroup, Secret.Alive));
        foreach (var group in new[] { People.TheirGroup, ObserversGroup, ForeignGroup })
        {
            await Hub.Quarter(group, SubmittedQuarter, People.Emre, new("Matrix", "", "", ""));
        }
        await Revoke();
        await Disable();
    }

    public async ValueTask DisposeAsync() => await Hub.DisposeAsync();

    /// <summary>The address of a role; whoever is signed out knows somebody's.</summary>
    public static string Email(string role) => Emails.GetValueOrDefault(role, People.Rana);

    public static string Group(string role) => role == "observer" ? ObserversGroup : People.TheirGroup;

    public string? Token(string role) => _tokens.GetValueOrDefault(role);

    /// <summary>A webinar of the facilitator, announced to the member's group: their own each time, because they change it; one for all others.</summary>
    public async Task<Webinar> Hosted(string role) => role == "facilitator" ? await NewHosted() : _hosted ??= await NewHosted();

    private async Task<Webinar> NewHosted()
    {
        var made = await Hub.App.Services.GetRequiredService<WebinarService>().Create(await Hub.PersonId(People.Claire), "hmln",
            new WebinarInput("Matrix", "2030-05-14T10:00", "Europe/Paris", 60), new InviteList(Groups: [People.TheirGroup]), publish: true, TestContext.Current.CancellationToken);
        return made.Value;
    }

    /// <summary>A session of a role; the disabled person's is from before.</summary>
    public async Task<string?> Cookie(string role)
    {
        if (role == Disabled || !Emails.TryGetValue(role, out var email))
        {
            return role == Disabled ? _deadCookie : null;
        }
        return _cookies.TryGetValue(role, out var cookie) ? cookie : _cookies[role] = await Hub.SessionOf(email);
    }

    /// <summary>A row may have ended the role's sessions: the next one signs in anew.</summary>
    public void Forget(string role)
    {
        _cookies.Remove(role);
        _forms.Remove(role);
    }

    /// <summary>
    /// Sends a form as a page shows it. A role's form token is read once and not before every row; what a row leaves in the browser
    /// is the next one's no more.
    /// </summary>
    public async Task<HttpResponseMessage> Send(string role, string page, string path, (string, string)[] fields)
    {
        var cookie = await Cookie(role);
        if (!_forms.TryGetValue(role, out var form))
        {
            using var reader = Hub.BrowserWith(cookie);
            using var shown = await reader.Get(page);
            var set = shown.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("twinhub-form=", StringComparison.Ordinal)).Split(';')[0];
            _forms[role] = form = (set, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await shown.Text()).QuerySelector($"input[name={Forms.TokenField}]")!.GetAttribute("value")!);
        }
        using var browser = Hub.BrowserHolding("en", cookie, form.Cookie);
        return await browser.Send(HttpMethod.Post, path, Forms.Content([.. fields, (Forms.TokenField, form.Token)]));
    }

    /// <summary>The token of a sign-in link that was made for a role.</summary>
    public async Task<string> Link(string role) => role == Disabled ? _deadLink : await NewLink(Email(role));

    /// <summary>The token of a mailed invitation: the disabled person's own, somebody's for all others.</summary>
    public string AnswerLink(string role) => role == Disabled ? _deadAnswerLink : _answerLink;

    /// <summary>The token of a mailed question for dates: as <see cref="AnswerLink"/>.</summary>
    public string DateLink(string role) => _search.Links[role == Disabled ? Emails[Disabled] : People.Emre];

    /// <summary>One of the dates behind those links.</summary>
    public Guid Date => _search.Dates[0];

    /// <summary>The token of a mailed survey: the disabled person's own, somebody's for all others.</summary>
    public string SurveyLink(string role) => role == Disabled ? _deadSurveyLink : _surveyLink;

    /// <summary>The token of a mailed question how it goes: as <see cref="SurveyLink"/>.</summary>
    public string AliveLink(string role) => role == Disabled ? _deadAliveLink : _aliveLink;

    /// <summary>The token of a role's calendar.</summary>
    public async Task<string> Feed(string role) =>
        (await Hub.App.Services.GetRequiredService<CalendarFeeds>().Renew(await Hub.PersonId(Email(role)), TestContext.Current.CancellationToken)).Split('/')[^1][..^".ics".Length];

    /// <summary>One more, for a row that ends it.</summary>
    public Task<Guid> NewWebinar() => NewWebinar("hmln", People.Claire, "member", "observer", "revoked");

    private async Task<Guid> NewWebinar(string network, string facilitator, params string[] roles) =>
        (await Hub.App.Services.GetRequiredService<WebinarService>().Create(await Hub.PersonId(facilitator), network, new("Matrix", "2099-05-01T10:00", "UTC", 60),
            new(People: [.. roles.Select(Email)]), publish: true, TestContext.Current.CancellationToken)).Value.Id;

    private async Task<string> NewLink(string email) =>
        (await Hub.App.Services.GetRequiredService<SignInService>().MakeLink(await Hub.PersonId(email), TestContext.Current.CancellationToken)).Split('/')[^1];

    private async Task ReceiveMail()
    {
        using var browser = Hub.BrowserWith(null);
        await browser.PostForm("/sign-in", "/sign-in", ("Email", People.Emre));
        await Eventually.True(async () => (await (await browser.Get("/demo/mailbox.json")).Json()).GetArrayLength() > 0, "a mail arrives");
    }

    private async Task<Guid> InvitationOf(string email)
    {
        var person = await Hub.PersonId(email);
        return await Hub.Db(db => Task.FromResult(db.Invitations.Single(i => i.WebinarId == Webinar && i.PersonId == person).Id));
    }

    private async Task Revoke()
    {
        using var facilitator = Hub.ApiWith(_tokens["facilitator"]);
        (await facilitator.Delete($"/api/v1/groups/{People.TheirGroup}/members/{await Hub.PersonId(Emails["revoked"])}")).EnsureSuccessStatusCode();
    }

    private async Task Disable()
    {
        using var facilitator = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        var answer = await facilitator.PostForm("/account", "/networks/hmln?handler=disable", ("personId", (await Hub.PersonId(Emails[Disabled])).ToString()));
        Assert.Equal("/networks/hmln", answer.Headers.Location?.ToString());
    }
}
