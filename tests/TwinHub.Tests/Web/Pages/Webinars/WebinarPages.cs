using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

/// <summary>One demo hub whose facilitator reads English.</summary>
public sealed class OrganiserHub(TestPostgres postgres) : IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.Start(postgres);
        await Hub.Db(db => db.People.Where(p => p.Email == People.Claire || p.Email == People.Lina).ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, "en")));
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>What an organiser does with the pages of a webinar.</summary>
internal static class WebinarPages
{
    public const string Page = "/webinars/new?network=hmln";

    /// <summary>The whole form, filled in; a field named again takes the later value.</summary>
    public static (string Name, string Value)[] Filled(string act, params (string Name, string Value)[] own)
    {
        var usual = new (string Name, string Value)[]
        {
            ("Network", "hmln"), ("Input.Title", "Twinning Arrangements"), ("Input.Day", "2028-03-14"), ("Input.Time", "10:00"), ("Input.Duration", "90"), ("Input.TimeZone", "Europe/Paris"),
            ("Input.Aims", "Meet\nTake stock"), ("Input.Location", "Online"), ("Input.JoinUrl", "https://meet.example.org/hmln"), ("Act", act),
        };
        return [.. usual.Where(field => own.All(one => one.Name != field.Name)), .. own];
    }

    public static async Task<IHtmlDocument> Document(this HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await answer.Text();
        Assert.True(expected == answer.StatusCode, $"{expected} was expected, {answer.StatusCode} came: {answer.Headers.Location} {text[..Math.Min(text.Length, 2_000)]}");
        return new HtmlParser().ParseDocument(text);
    }

    /// <summary>The text of an element, its white space made plain.</summary>
    public static string Words(this IHtmlDocument document, string selector) =>
        string.Join(' ', (document.QuerySelector(selector)?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A webinar of Claire's, about a year ahead.</summary>
    public static async Task<Webinar> Webinar(this TestHub hub, bool publish, InviteList? invite = null, string title = "Twinning Arrangements", string starts = "2028-03-14T10:00", int? seats = null)
    {
        var made = await hub.App.Services.GetRequiredService<WebinarService>().Create(await hub.PersonId(People.Claire), "hmln",
            new WebinarInput(title, starts, "Europe/Paris", 90, Capacity: seats), invite ?? new InviteList(Groups: [People.TheirGroup]), publish, TestContext.Current.CancellationToken);
        Assert.Null(made.Refusal);
        return made.Value;
    }

    public static Task<List<Invitation>> Invitations(this TestHub hub, Guid webinar) =>
        hub.Db(db => db.Invitations.Where(i => i.WebinarId == webinar && i.RemovedAt == null).AsNoTracking().ToListAsync());

    public static async Task<Webinar> Present(this TestHub hub, Guid webinar) => await hub.Db(db => db.Webinars.AsNoTracking().SingleAsync(w => w.Id == webinar));
}
