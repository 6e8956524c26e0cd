using System.Text;
using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Demo;

/// <summary>What the demo's people and mailbox show (contract, Demo and Shapes).</summary>
public sealed class DemoDoorsTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly string[] Roles = ["facilitator", "maintainer", "lead", "responsible", "correspondent", "reviewer", "member", "observer"];

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task People_say_who_one_may_try_the_demo_as()
    {
        using var client = Hub.ApiWith(null);
        var people = (await (await client.Get("/demo/people.json")).Json()).EnumerateArray().ToList();
        Assert.All(people, person => Assert.Equal(["email", "name", "organisation", "network", "groups", "roles"], person.EnumerateObject().Select(one => one.Name)));
        Assert.All(people, person => Assert.Subset(Roles.ToHashSet(), Texts(person, "roles").ToHashSet()));
        Assert.All(people, person => Assert.EndsWith(".example.org", person.GetProperty("email").GetString(), StringComparison.Ordinal));
        Assert.Equal(await Hub.Scalar<long>("select count(*) from people"), people.Select(person => person.GetProperty("email").GetString()).Distinct().Count());

        var rana = Of(people, People.Rana);
        Assert.Equal(("Rana Khoury", "Municipality of Tripoli", "hmln"), (rana.GetProperty("name").GetString(), rana.GetProperty("organisation").GetString(), rana.GetProperty("network").GetString()));
        Assert.Contains(People.TheirGroup, Texts(rana, "groups"));
        Assert.DoesNotContain(People.OtherGroup, Texts(rana, "groups"));
        Assert.Contains("facilitator", Texts(Of(people, People.Claire), "roles"));
    }

    [Fact]
    public async Task Trying_the_demo_as_somebody_signs_in_as_that_person()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf("  " + People.Rana.ToUpperInvariant()));
        Assert.Contains(People.Rana, await browser.Text("/account"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"email":"nobody@example.org"}""")]
    [InlineData("""{"email":null}""")]
    [InlineData("""{}""")]
    public async Task Nobody_is_not_found(string body)
    {
        using var client = Hub.ApiWith(null);
        using var answer = await client.Send(HttpMethod.Post, "/demo/sign-in", new StringContent(body, Encoding.UTF8, "application/json"));
        await answer.Problem(404, "not_found");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_mailbox_shows_the_newest_first_as_many_as_asked_for()
    {
        foreach (var email in new[] { People.Rana, People.Emre, People.Claire })
        {
            await Hub.LinkByMail(email);
        }
        using var client = Hub.ApiWith(null);
        var mails = (await (await client.Get("/demo/mailbox.json")).Json()).EnumerateArray().ToList();

        Assert.Equal([People.Claire, People.Emre, People.Rana], mails.Take(3).Select(mail => mail.GetProperty("to").GetString()));
        Assert.Equal(["fr", "tr"], mails.Take(2).Select(mail => mail.GetProperty("language").GetString()));
        var sentAt = mails.Select(mail => mail.GetProperty("sentAt").GetDateTimeOffset()).ToList();
        Assert.Equal(sentAt.OrderDescending(), sentAt);
        Assert.All(mails, mail => Assert.Equal(["id", "to", "subject", "kind", "language", "sentAt", "about"], mail.EnumerateObject().Select(one => one.Name)));
        Assert.All(mails, mail => Assert.Equal(("sign-in", "sign-in"), (mail.GetProperty("kind").GetString(), mail.GetProperty("about").GetProperty("kind").GetString())));
        Assert.All(mails, mail => Assert.NotEqual("", mail.GetProperty("subject").GetString()));
        foreach (var (limit, count) in new[] { (1, 1), (2, 2), (10_000, mails.Count) })
        {
            var page = await (await client.Get($"/demo/mailbox.json?limit={limit}")).Json();
            Assert.Equal(mails.Take(count).Select(mail => mail.GetRawText()), page.EnumerateArray().Select(mail => mail.GetRawText()));
        }
    }

    [Fact]
    public async Task A_mail_is_given_out_byte_for_byte()
    {
        await Hub.LinkByMail(People.Ziad);
        var id = (await Hub.MailTo(People.Ziad))[0].GetProperty("id").GetString()!;
        using var client = Hub.ApiWith(null);
        using var answer = await client.Get($"/demo/mailbox/{id}.eml");

        Assert.Equal("message/rfc822", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(await Hub.Scalar<byte[]>("select content from emails where recipient = $1", People.Ziad), bytes);
        Assert.Contains("To: ", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("\n", Encoding.ASCII.GetString(bytes).Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("nonsense")]
    public async Task A_mail_that_is_not_there_is_not_found(string id)
    {
        using var client = Hub.ApiWith(null);
        Assert.Equal(404, (int)(await client.Get($"/demo/mailbox/{id}.eml")).StatusCode);
        Assert.Equal(404, (int)(await client.Get($"/demo/mailbox/{id}")).StatusCode);
    }

    private static JsonElement Of(IEnumerable<JsonElement> people, string email) => people.Single(person => person.GetProperty("email").GetString() == email);

    private static IEnumerable<string> Texts(JsonElement element, string field) => element.GetProperty(field).EnumerateArray().Select(one => one.GetString()!);
}
