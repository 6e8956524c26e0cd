using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Html;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;
using TwinHub.Web.Demo;

namespace TwinHub.Web.Pages;

/// <summary>Who reads this page: the words of their language, their clock, and the groups beside every page.</summary>
public sealed class Reader(IHttpContextAccessor http, GroupService groups, WebinarDesk webinars, HubClock clock, DemoMode demo)
{
    private const int MostNews = 50;

    private List<GroupNews>? _news;
    private int? _unanswered;
    private (string Language, string TimeZone)? _addressee;

    private HttpContext Context => http.HttpContext!;

    /// <summary>The signed-in person, or null.</summary>
    public Viewer? Viewer => Context.User.Identity?.IsAuthenticated == true ? ViewerIdentity.Read(Context.User) : null;

    public Guid Id => Viewer!.PersonId;

    /// <summary>Signed out, the address may choose the language (?lang=), else the browser does.</summary>
    public string Language => _addressee?.Language ?? Viewer?.Language
        ?? (Languages.IsKnown(Context.Request.Query["lang"]) ? Context.Request.Query["lang"].ToString() : Languages.Choose(Context.Request.Headers.AcceptLanguage));

    public Words W => Texts.Shared.For(Language);

    public bool IsDemo => demo.On;

    /// <summary>The reader has gone away.</summary>
    public CancellationToken Abort => Context.RequestAborted;

    public DateTimeOffset Now => clock.GetUtcNow();

    public TimeZoneInfo Zone => ZoneOf(_addressee?.TimeZone ?? Viewer?.TimeZone ?? "UTC");

    public DateOnly Today => DateOnly.FromDateTime(Local(Now).DateTime);

    /// <summary>The page's address without its query, for forms and links to itself.</summary>
    public string Path => Context.Request.Path;

    /// <summary>The page is for whom its link was mailed to, whoever is signed in: it speaks their language and shows their time.</summary>
    public void SpeakTo(string language, string timeZone) => _addressee = (language, timeZone);

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    public string ClockAt(DateTimeOffset instant, string zone) => W.Clock(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, ZoneOf(zone)).DateTime));

    public string Clock(DateTimeOffset instant) => W.Clock(TimeOnly.FromDateTime(Local(instant).DateTime));

    public string Ago(DateTimeOffset instant) => W.Ago(instant, Now, Zone);

    /// <summary>The person's groups, the newest talk first, of hundreds the first fifty; read once a page.</summary>
    public async Task<IReadOnlyList<GroupNews>> News() =>
        _news ??= Viewer is null ? [] : await groups.News(Id, MostNews, Context.RequestAborted);

    /// <summary>All of the person's groups, for the pages that list or choose them.</summary>
    public Task<List<GroupNews>> AllNews() => groups.News(Id, 500, Context.RequestAborted);

    /// <summary>How many invitations wait for the person's answer; counted once a page.</summary>
    public async Task<int> Unanswered() => _unanswered ??= Viewer is null ? 0 : await webinars.Unanswered(Id, Context.RequestAborted);

    /// <summary>In the alphabet of the reader's language.</summary>
    public IReadOnlyList<T> Sorted<T>(IEnumerable<T> items, Func<T, string> name) =>
        [.. items.OrderBy(name, StringComparer.Create(CultureInfo.GetCultureInfo(Language), ignoreCase: true))];

    /// <summary>The address of a built file with its fingerprint, so that browsers keep it for good.</summary>
    public string Asset(string path) => "/" + (Context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path] ?? path);

    public IHtmlContent Icon(string name, string? more = null) =>
        new HtmlString($"<svg class=\"i{(more is null ? "" : " " + more)}\" aria-hidden=\"true\"><use href=\"{Asset("dist/icons.svg")}#{name}\"/></svg>");

    public static TimeZoneInfo ZoneOf(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
