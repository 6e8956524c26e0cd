using TwinHub.Core.Networks;

namespace TwinHub.Web.Api;

internal static class PeopleApi
{
    public static void MapPeople(this RouteGroupBuilder api) => api.MapGet("/me", Me).WithSummary("Who the token stands for.");

    private static async Task<IResult> Me(HttpContext context, NetworkService networks, CancellationToken cancel)
    {
        var viewer = context.Viewer();
        var mine = await networks.ForPerson(viewer.PersonId, cancel);
        return Results.Json(new
        {
            id = viewer.PersonId, name = viewer.Name, email = viewer.Email, language = viewer.Language, timeZone = viewer.TimeZone,
            networks = mine.Select(view => new { slug = view.Network.Slug, roles = NetworksApi.Roles(view) }),
        });
    }
}
