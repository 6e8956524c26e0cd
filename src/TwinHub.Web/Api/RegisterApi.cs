using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

internal static class RegisterApi
{
    public static void MapRegister(this RouteGroupBuilder api) =>
        api.MapGet("/register", List).WithSummary("The register of a network, by group; filters: q (words in names, cities, themes and texts), country, theme, activity, status, year, kind. Who belongs to one network need not name it.");

    private static async Task<IResult> List(HttpContext context, [AsParameters] RegisterQuery query, RegisterReader register, NetworkService networks, CancellationToken cancel)
    {
        var (size, filter, network) = (Page.Limit(query.Limit), query.Filter(), await Network(context, query.Network, networks, cancel));
        if ((network.Refusal ?? size.Refusal ?? filter.Refusal ?? (query.Cursor is not null && !Names.IsSlug(query.Cursor) ? Refusal.Invalid("cursor") : null)) is { } refusal)
        {
            return refusal.Result(context);
        }
        var found = await register.List(context.Viewer().PersonId, network.Value, filter.Value, query.Cursor, size.Value, cancel);
        return context.Answer(found, page => new Page([.. page.Rows.Select(row => Shape(row, context.Viewer().Language))], page.Next));
    }

    private static async Task<Outcome<string>> Network(HttpContext context, string? named, NetworkService networks, CancellationToken cancel)
    {
        if (named is not null)
        {
            return named;
        }
        var mine = await networks.ForPerson(context.Viewer().PersonId, cancel);
        return mine.Count == 1 ? mine[0].Network.Slug : Refusal.Invalid("network");
    }

    private static object Shape(RegisterRow row, string language) => new
    {
        group = row.View.Group.Slug, name = row.View.Name(language), network = row.View.Network.Slug, status = row.View.Group.Status, theme = row.View.Group.Themes.In(language),
        basis = row.View.Group.Basis, concept = row.View.Group.Concept, startsOn = row.View.Group.StartsOn, endsOn = row.View.Group.EndsOn,
        partners = row.View.Partners.Select(partner => new
        {
            id = partner.Organisation.Id, name = partner.Organisation.Names.In(language), kind = partner.Organisation.Kind, country = partner.Organisation.Country, city = partner.Organisation.City?.In(language),
        }),
        newest = row.Newest is not { } quarter ? null : new
        {
            quarter = quarter.Quarter.Label, state = quarter.State, dueOn = quarter.DueOn, noChange = quarter.NoChange, submittedAt = quarter.SubmittedAt?.UtcDateTime, submittedBy = quarter.SubmittedBy,
        },
    };
}
