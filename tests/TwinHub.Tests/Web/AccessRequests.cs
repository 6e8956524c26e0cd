using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;

namespace TwinHub.Tests.Web;

/// <summary>Makes the real request of a row of the matrix for a role: its address, its body, its form.</summary>
public sealed class AccessRequests(AccessWorld world, AccessRow row, string role)
{
    private static readonly Dictionary<string, string> TargetOf = new()
    {
        ["PUT"] = "bilal.sabsabi@tripoli.example.org", ["about"] = "bilal.sabsabi@tripoli.example.org", ["DELETE"] = "derya.polat@gaziantep.example.org",
        ["remove"] = People.Emre, ["disable"] = "ruba.maaytah@madaba.example.org",
    };

    private static int _made;
    private Webinar? _hosted;

    private AccessLessons Lessons { get; } = new(world, row, role);

    private string Method => row.Route.Split(' ')[0] is var method && method != "ANY" ? method
        : row.Route.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET";

    public async Task<string> Path()
    {
        var path = row.Route[(row.Route.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        if (AccessPreviews.Rows.Contains(row))
        {
            return world.Previews.Path(row, AccessWorld.Group(role));
        }
        if (AccessTemplates.Path(row) is { } known)
        {
            return known;
        }
        var places = new (string Place, Func<Task<string>> Value)[]
        {
            ("/facilitate/{slug}", () => Task.FromResult("/facilitate/" + Group)), ("/facilitate/export", () => Task.FromResult("/facilitate/export?format=csv")),
            ("/facilitate/nudge", () => Task.FromResult("/facilitate/nudge" + Chosen)), ("/facilitate/message", () => Task.FromResult("/facilitate/message" + Chosen)),
            ("/alive/{token}", () => Task.FromResult("/alive/" + (row.Id == "own" ? world.AliveLink(role) : Secret.New()))),
            ("/networks/{slug}", () => Task.FromResult("/networks/" + Network)), ("/groups/{slug}", () => Task.FromResult("/groups/" + Group)),
            ("/register/{slug}/{quarter}", () => Task.FromResult($"/register/{Group}/{AccessWorld.SubmittedQuarter}")), ("/register/{group}", () => Task.FromResult("/register/" + Group)), ("{quarter}", () => Task.FromResult(world.Quarter)),
            ("/updates/{token}", () => Task.FromResult("/updates/" + (row.Id == "own" ? world.UpdateLink(role) : Secret.New()))),
            ("/register/{slug}", () => Task.FromResult("/register/" + Group)),
            ("/channels/{id}", async () => "/channels/" + await Channel()), ("{personId}", async () => (await Person()).ToString()),
            ("/sign-in/{token}", async () => "/sign-in/" + (row.Id == "own" ? await world.Link(role) : Secret.New())),
            ("/webinars/{id}", async () => "/webinars/" + await Webinar()), ("/calendar/{token}", async () => "/calendar/" + (row.Id == "own" ? await world.Feed(role) : Secret.New())),
            ("/unsubscribe/{token}", () => Task.FromResult("/unsubscribe/" + (row.Id == "own" ? world.StopLink : Secret.New()))),
            ("/invitations/{token}", () => Task.FromResult("/invitations/" + (row.Id == "own" ? world.AnswerLink(role) : Secret.New()))),
            ("/dates/{token}", () => Task.FromResult("/dates/" + (row.Id == "own" ? world.DateLink(role) : Secret.New()))),
            ("/rooms/{token}", () => Task.FromResult("/rooms/" + (row.Id == "own" ? world.Room.Link(role) : Secret.New()))),
            ("/webinars/{id:guid}/room", () => Task.FromResult($"/webinars/{(row.Id == "absent" ? Guid.NewGuid() : world.Room.Webinar)}/room")),
            ("/surveys/{token}", () => Task.FromResult("/surveys/" + (row.Id == "own" ? world.SurveyLink(role) : Secret.New()))), (".{format}", () => Task.FromResult(".csv")),
            ("/mailbox/{id?}", async () => "/mailbox" + (row.Id == "none" ? "" : "/" + await Mail())), ("/mailbox/{id}", async () => "/mailbox/" + await Mail()),
            ("/messages/{id:guid}", async () => "/messages/" + await Lessons.Message()), ("/lessons/{id:guid}", async () => "/lessons/" + await Lessons.Lesson()),
            ("/webinars/{id:guid}", async () => "/webinars/" + (row.Id == "absent" ? Guid.NewGuid() : (await Hosted()).Id)),
            ("/documents/{id:guid}", async () => $"/documents/{await world.Shelf.Document(row, Group)}"),
            ("/{id:guid?}", async () => row.Id == "new" ? "" : $"/{await world.Plan.Id(row, Group)}"), ("/reviews/{id:guid}", async () => $"/reviews/{await world.Plan.Id(row, Group)}"), ("/reviews/{id}", async () => $"/reviews/{await world.Plan.Id(row, Group)}"),
            ("{documentName}", () => Task.FromResult(row.Id == "own" ? "v1" : "v2")), ("{status:int}", () => Task.FromResult("404")), ("{**rest}", () => Task.FromResult("v1/nothing-here")), ("{**path}", () => Task.FromResult("nothing/here")),
        };
        foreach (var (place, value) in places.Where(one => path.Contains(one.Place, StringComparison.Ordinal)))
        {
            path = path.Replace(place, await value(), StringComparison.Ordinal);
        }
        return path is "/register" or "/register/practices" or "/register/export" or "/api/v1/register" ? $"{path}?network={Network}&format=json" : path;
    }

    /// <summary>A program's request, with its body where there is one.</summary>
    public async Task<HttpRequestMessage> Api() => new(new HttpMethod(Method), await Path()) { Content = await Body() is { } body ? JsonContent.Create(body) : null };

    /// <summary>The fields of the page's form.</summary>
    public async Task<(string, string)[]> Form(Guid me) => row.Route.Split(' ')[1] switch
    {
        "/account" => [("Name", "Somebody"), ("Language", "en"), ("TimeZone", "Europe/Paris"), ("Scheme", "auto")],
        "/account?handler=makeToken" => [("TokenName", "matrix")],
        "/account?handler=endToken" => [("id", (await Credential(me, tokens: true)).ToString())],
        "/account?handler=endSession" => [("id", (await Credential(me, tokens: false)).ToString())],
        "/groups/{slug}" => [("ClientMessageId", Guid.NewGuid().ToString()), ("Body", "matrix")],
        "/groups/{slug}/about" or "/groups/{slug}/about?handler=remove" => [("PersonId", (await Person()).ToString()), ("Roles", "member")],
        var path when path.StartsWith("/groups/{slug}/plan", StringComparison.Ordinal) || path.StartsWith("/groups/{slug}/reviews", StringComparison.Ordinal) => await world.Plan.Form(row, Group),
        var path when AccessTemplates.Form(path) is { } fields => fields,
        var path when path.StartsWith("/groups/{slug}/documents", StringComparison.Ordinal) => await world.Shelf.Form(row, Group),
        "/networks/{slug}?handler=disable" => [("personId", (await Person()).ToString())],
        "/networks/{slug}/new-group" => [("Input.Organisations", await Organisation("tripoli")), ("Input.Organisations", await Organisation("zarqa")), ("Input.Theme", "Matrix")],
        "/networks/{slug}/new-organisation" => [("Input.Name", "Matrix"), ("Input.Kind", "municipality"), ("Input.TimeZone", "Asia/Beirut")],
        "/networks/{slug}/new-person" => [("Input.Email", NewAddress()), ("Input.Name", "Matrix"), ("Input.Language", "fr"), ("Input.TimeZone", "Asia/Beirut"), ("Input.Organisation", await Organisation("tripoli"))],
        "/webinars/{id}" or "/invitations/{token}" => [("answer", "tentative")],
        "/dates/{token}" => [(world.Date.ToString(), "maybe")],
        "/webinars/{id}?handler=survey" or "/surveys/{token}" => [("useful", "4"), ("takesHome", "Matrix")],
        "/updates/{token}" => [("what", "draft")],
        "/networks/{slug}/reminders" => [("Input.YearStartsIn", "1"), ("Input.Before", "14, 3"), ("Input.After", "1, 7"), ("Input.MissedAfter", "21")],
        "/networks/{slug}/reminders?handler=day" or "/networks/{slug}/reminders?handler=remove" => [("Day.Day", "2030-05-14"), ("Day.Country", "JO"), ("Day.Name", "Matrix")],
        "/alive/{token}" => [("answer", "well")],
        "/facilitate/nudge" or "/facilitate/nudge?handler=preview" => [("group", Group)],
        "/facilitate/message" or "/facilitate/message?handler=preview" => [("id", Guid.NewGuid().ToString()), ("group", Group), ("to", "leads"), ("subject", "Matrix"), ("text", "Matrix")],
        "/register/{slug}/edit" => [("Fields[0].Field", "arrangement"), ("Fields[0].Text", "Matrix"), ("Fields[0].Seen", TextEdit.Mark(""))],
        "/sign-in" => [("Email", NewAddress())],
        var path when path.Contains("/mark", StringComparison.Ordinal) || path.Contains("/register/lessons", StringComparison.Ordinal) || path.Contains("/register/contributions", StringComparison.Ordinal) => await Lessons.Form(path),
        var path when path.StartsWith("/webinars/{id:guid}/room", StringComparison.Ordinal) => await world.Room.Form(path.Split('=')[^1]),
        "/webinars/{id:guid}/agenda" => [("Rows[0].Title", "Matrix"), ("Rows[0].Minutes", "5"), ("act", "save")],
        var path when path == "/webinars/new" || path.Contains("{id:guid}", StringComparison.Ordinal) => await WebinarForm(path.Split('=')[^1]),
        _ => [],
    };

    private async Task<(string, string)[]> WebinarForm(string handler) => handler switch
    {
        "invite" => [("Invite.People", People.Lina)],
        "off" => [("invitation", (row.Id == "own" ? await Invitation() : Guid.NewGuid()).ToString())],
        "nudge" => [],
        "publish" or "cancel" or "ask" => [("version", "2")],
        "choose" => [("version", "2"), ("date", world.Date.ToString())],
        _ when handler.EndsWith("/dates", StringComparison.Ordinal) => [("Act", "save"), ("Input.Rows[0].Day", "2030-05-14"), ("Input.Rows[0].Time", "10:00"), ("Input.Rows[1].Day", "2030-05-15"), ("Input.Rows[1].Time", "10:00")],
        "save" => [("Input.Version", "2"), ("Input.Minutes", "Matrix")],
        "material" => [("Material.Title", "Matrix"), ("Material.Url", "https://files.example.org/matrix")],
        "document" => [("Document", Guid.NewGuid().ToString())],
        "drop" or "followUp" => [("material", Guid.NewGuid().ToString())],
        "mark" => [("person", (await world.Hub.PersonId(People.Rana)).ToString()), ("there", "true")],
        _ => [("Network", "hmln"), ("Version", "2"), ("Input.Title", "Matrix"), ("Input.Day", "2030-05-14"), ("Input.Time", "10:00"), ("Input.Duration", "60"), ("Input.TimeZone", "Europe/Paris"), ("Act", handler.EndsWith("/edit", StringComparison.Ordinal) ? "save" : "draft")],
    };

    private async Task<Guid> Invitation()
    {
        var webinar = (await Hosted()).Id;
        return await world.Hub.Db(db => db.Invitations.Where(i => i.WebinarId == webinar).Select(i => i.Id).FirstAsync());
    }

    /// <summary>The same one for the address and the form of a request.</summary>
    private async Task<Webinar> Hosted() => _hosted ??= await world.Hosted(role);

    /// <summary>The arguments of a method of the live hub.</summary>
    public async Task<object?[]> Arguments() => row.Route switch
    {
        "hub Join" => [await Channel(), null],
        "hub Post" => [await Channel(), new { clientMessageId = Guid.NewGuid(), body = "matrix" }],
        "hub MarkRead" => [await Channel(), 1],
        "hub Watch" => [Group],
        "hub Malformed" => [],
        "hub EnterRoom" or "hub LeaveRoom" => [row.Id == "absent" ? Guid.NewGuid() : world.Room.Webinar],
        _ => [await Channel()],
    };

    /// <summary>Forms say their groups themselves.</summary>
    private string Chosen => Method == "GET" ? "?group=" + Group : "";

    private string Network => row.Id switch { "foreign" => "platforms", "absent" => "no-such-network", _ => "hmln" };

    private string Group => row.Id switch { "foreign" => AccessWorld.ForeignGroup, "absent" => "no-such-group", _ => AccessWorld.Group(role) };

    /// <summary>What a row cancels is made for it.</summary>
    private async Task<Guid> Webinar() => row.Id switch { "own" => Method == "DELETE" ? await world.NewWebinar() : world.Webinar, "foreign" => world.ForeignWebinar, _ => Guid.NewGuid() };

    private async Task<Guid> Mail() => row.Id == "own" ? await world.Mail() : Guid.NewGuid();

    private async Task<Guid> Channel() => row.Id switch { "foreign" => world.ForeignChannel, "absent" => Guid.NewGuid(), _ => await world.Hub.ChannelOf(AccessWorld.Group(role)) };

    private async Task<Guid> Person() => row.Id switch
    {
        "person" => row.Route.Contains("disable", StringComparison.Ordinal) ? await world.Hub.PersonId(People.ForeignFacilitator) : Guid.NewGuid(),
        "foreign" => await world.Hub.PersonId("giulia.ferrante@platform-italy.example.org"),
        _ => await world.Hub.PersonId(TargetOf[row.Route.Split("handler=") is [_, var handler] ? handler : Method == "POST" ? "about" : Method]),
    };

    private async Task<object?> Body() => row.Route.Split(' ')[1] switch
    {
        _ when Method is "GET" or "DELETE" => null,
        "/api/v1/networks/{slug}/organisations" => new { name = "Matrix", kind = "municipality", country = "LB", timeZone = "Asia/Beirut" },
        "/api/v1/networks/{slug}/people" => new { email = NewAddress(), name = "Matrix", language = "fr", timeZone = "Asia/Beirut", organisation = await Organisation("tripoli") },
        "/api/v1/networks/{slug}/groups" => new { theme = "Matrix", organisations = new[] { await Organisation("tripoli"), await Organisation("zarqa") } },
        "/api/v1/groups/{slug}/members/{personId}" => new { roles = new[] { "member" } },
        "/api/v1/channels/{id}/messages" => new { clientMessageId = Guid.NewGuid(), body = "matrix" },
        "/api/v1/webinars" => new { network = Network, title = "Matrix", startsAt = "2099-05-01T10:00", timeZone = "UTC", durationMinutes = 60 },
        "/api/v1/webinars/{id}" => new { context = "Matrix" },
        "/api/v1/webinars/{id}/invitations" => new { people = new[] { People.Selin } },
        "/api/v1/webinars/{id}/invitations/mine" => new { response = "tentative" },
        "/api/v1/register/{group}/quarters/{quarter}" => new { noChange = true },
        "/api/v1/reviews/{id}/answers/mine" => await world.Plan.Answer(AccessWorld.Group(role)),
        "/demo/sign-in" => new { email = row.Id == "own" ? AccessWorld.Email(role) : "nobody@example.org" },
        "/demo/clock" => new { advance = "PT1S" },
        _ => null,
    };

    private static string NewAddress() => $"matrix-{Interlocked.Increment(ref _made)}@example.org";

    private async Task<string> Organisation(string city)
    {
        await using var command = world.Hub.Source.CreateCommand("select id from organisations where lower(city ->> 'en') = $1");
        command.Parameters.AddWithValue(city);
        return ((Guid)(await command.ExecuteScalarAsync())!).ToString();
    }

    /// <summary>A session or token: one's own new one, another person's, or none.</summary>
    private async Task<Guid> Credential(Guid me, bool tokens)
    {
        if (row.Id == "absent" || me == Guid.Empty)
        {
            return Guid.NewGuid();
        }
        var credentials = world.Hub.App.Services.GetRequiredService<Credentials>();
        var owner = row.Id == "own" ? me : await world.Hub.PersonId(People.Selin);
        if (tokens)
        {
            await credentials.MakeToken(owner, "matrix", null, CancellationToken.None);
            return (await credentials.Tokens(owner, CancellationToken.None))[0].Id;
        }
        await credentials.OpenSession(owner, "matrix", CancellationToken.None);
        return (await credentials.Sessions(owner, CancellationToken.None))[0].Id;
    }
}
