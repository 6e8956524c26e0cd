using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;

namespace TwinHub.Web.Api;

internal static class NetworksApi
{
    public static void MapNetworks(this RouteGroupBuilder api)
    {
        api.MapGet("/networks", List).WithSummary("The networks one belongs to.");
        api.MapGet("/networks/{slug}/organisations", Organisations).WithSummary("The organisations of a network.");
        api.MapPost("/networks/{slug}/organisations", AddOrganisation).WithSummary("Adds an organisation (facilitators).");
        api.MapGet("/networks/{slug}/people", People).WithSummary("The people of a network; addresses for facilitators only.");
        api.MapPost("/networks/{slug}/people", AddPerson).WithSummary("Adds a person to an organisation (facilitators).");
        api.MapPost("/networks/{slug}/groups", StartGroup).WithSummary("Starts a twinning group (facilitators).");
    }

    public static string[] Roles(NetworkView view) =>
        [.. new[] { view.Facilitates ? "facilitator" : null, view.Maintains ? "maintainer" : null }.OfType<string>()];

    private static async Task<IResult> List(HttpContext context, string? limit, string? cursor, NetworkService networks, CancellationToken cancel)
    {
        var (size, after) = (Page.Limit(limit), Page.After(cursor));
        if ((size.Refusal ?? after.Refusal) is { } refusal)
        {
            return Auth.Problems.Result(refusal, context);
        }
        var language = context.Viewer().Language;
        // Nobody belongs to more than a handful: they are read together.
        var mine = await networks.ForPerson(context.Viewer().PersonId, cancel);
        var rows = mine.OrderBy(view => view.Network.Id).Where(view => after.Value is not { } last || view.Network.Id > last).ToList();
        return Results.Json(Page.Of(rows, size.Value, view => Shape(view, language), view => view.Network.Id.ToString()));
    }

    private static async Task<IResult> Organisations(HttpContext context, string slug, string? limit, string? cursor, NetworkService networks, CancellationToken cancel)
    {
        var (size, after) = (Page.Limit(limit), Page.After(cursor));
        var network = await networks.Find(context.Viewer().PersonId, slug, cancel);
        if ((network.Refusal ?? size.Refusal ?? after.Refusal) is { } refusal)
        {
            return Auth.Problems.Result(refusal, context);
        }
        var rows = await networks.Organisations(network.Value.Network.Id, after.Value, size.Value + 1, cancel);
        var language = context.Viewer().Language;
        return Results.Json(Page.Of(rows, size.Value, row => Shape(row, language), row => row.Id.ToString()));
    }

    private static async Task<IResult> AddOrganisation(HttpContext context, string slug, NewOrganisation body, NetworkEditor editor, CancellationToken cancel) =>
        context.Answer(await editor.AddOrganisation(context.Viewer().PersonId, slug, body, cancel), made => Shape(made, context.Viewer().Language), 201);

    private static async Task<IResult> People(HttpContext context, string slug, string? limit, string? cursor, NetworkService networks, CancellationToken cancel)
    {
        var (size, after) = (Page.Limit(limit), Page.After(cursor));
        var network = await networks.Find(context.Viewer().PersonId, slug, cancel);
        if ((network.Refusal ?? size.Refusal ?? after.Refusal) is { } refusal)
        {
            return Auth.Problems.Result(refusal, context);
        }
        var rows = await networks.People(network.Value.Network.Id, after.Value, size.Value + 1, cancel);
        var mayWrite = network.Value.Facilitates;
        return Results.Json(Page.Of(rows, size.Value, row => new
        {
            id = row.Id, name = row.Name, email = mayWrite ? row.Email : null, language = row.Language, timeZone = row.TimeZone, organisation = row.OrganisationId,
        }, row => row.Id.ToString()));
    }

    private static async Task<IResult> AddPerson(HttpContext context, string slug, NewPerson body, NetworkEditor editor, CancellationToken cancel) =>
        context.Answer(await editor.AddPerson(context.Viewer().PersonId, slug, body, cancel), person => new
        {
            id = person.Id, name = person.Name, email = person.Email, language = person.Language, timeZone = person.TimeZone, organisation = body.Organisation,
        }, 201);

    private static async Task<IResult> StartGroup(HttpContext context, string slug, NewGroup body, NetworkEditor editor, Core.Groups.GroupService groups, CancellationToken cancel)
    {
        var started = await editor.StartGroup(context.Viewer().PersonId, slug, body, cancel);
        if (started.Refusal is { } refusal)
        {
            return Auth.Problems.Result(refusal, context);
        }
        var details = await groups.Find(context.Viewer().PersonId, started.Value.Slug, cancel);
        return context.Answer(details, found => GroupsApi.Shape(found.View, context.Viewer().Language), 201);
    }

    private static object Shape(NetworkView view, string language) => new
    {
        slug = view.Network.Slug, name = view.Network.Names.In(language), tag = view.Network.Tag, template = view.Network.Template, timeZone = view.Network.TimeZone, roles = Roles(view),
    };

    private static object Shape(Organisation organisation, string language) => new
    {
        id = organisation.Id, name = organisation.Names.In(language), kind = organisation.Kind, country = organisation.Country, city = organisation.City?.In(language),
        timeZone = organisation.TimeZone, latitude = organisation.Latitude, longitude = organisation.Longitude, languages = organisation.Languages,
    };
}
