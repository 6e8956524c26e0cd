using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>A quarterly update as a draft, sent, and from its mail.</summary>
public sealed class UpdateStops
{
    private const string Open = "hebron-mersin", Sent = "bethlehem-madaba";
    private static readonly string Quarter = Core.Register.Quarter.EndedBefore(DateOnly.FromDateTime(DateTime.UtcNow), 1).Label;

    private readonly string _alive = Secret.New(), _filed = Secret.New();

    public static async Task<UpdateStops> Prepare(TestHub hub)
    {
        var (stops, claire) = (new UpdateStops(), await hub.PersonId(People.Claire));
        await hub.OpenUpdate(Open, Quarter, (await Lead(hub, Open), stops._alive));
        await hub.OpenUpdate(Sent, Quarter, (await Lead(hub, Sent), stops._filed));
        var register = hub.Get<RegisterService>();
        var draft = new UpdateDraft("page", null, "en") { Texts = new("The survey has begun.", "", "ادعوا الجيران أولاً", "Rana"), Lines = [new(null, "Two shops visited in the old port"), new(null, "زيارة قصيرة إلى السوق")] };
        Assert.Null((await register.Save(claire, Open, Quarter, draft with { Submit = false }, CancellationToken.None)).Refusal);
        Assert.Null((await register.Save(claire, Sent, Quarter, draft, CancellationToken.None)).Refusal);
        return stops;
    }

    public IEnumerable<Stop> All =>
    [
        new("updates", People.Claire, $"/groups/{Open}/register"),
        new("update-draft", People.Claire, $"/groups/{Open}/register/{Quarter}"),
        new("update-error", People.Claire, $"/groups/{Open}/register/{Quarter}", 413, async page =>
        {
            await page.Locator("#Input-Summary").FillAsync(new string('x', 10_001));
            await page.Locator("main form .btn-primary").ClickAsync();
        }),
        new("update-sent", People.Claire, $"/groups/{Sent}/register/{Quarter}"),
        new("update-add", People.Claire, $"/groups/{Sent}/register/{Quarter}?edit=1"),
        new("update-link", null, $"/updates/{_alive}"),
        new("update-link-filed", null, $"/updates/{_filed}"),
        new("update-link-unknown", null, "/updates/this-link-was-cut-off", 404),
        new("network-reminders", People.Claire, "/networks/hmln/reminders"),
        new("network-reminders-error", People.Claire, "/networks/hmln/reminders", 400, async page =>
        {
            await page.Locator("#Input-After").FillAsync("soon");
            await page.Locator("main form .btn-primary").ClickAsync();
        }),
    ];

    private static Task<string> Lead(TestHub hub, string slug) => hub.Db(db => Task.FromResult(db.Memberships.Where(m => m.Roles.Contains("lead") && db.Groups.Any(g => g.Id == m.GroupId && g.Slug == slug))
        .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p.Email).OrderBy(email => email).First()));
}
