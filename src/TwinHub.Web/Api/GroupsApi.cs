using TwinHub.Core.Groups;

namespace TwinHub.Web.Api;

internal static class GroupsApi
{
    public static void MapGroups(this RouteGroupBuilder api)
    {
        api.MapGet("/groups", List).WithSummary("The groups one may read.");
        api.MapGet("/groups/{slug}", Show).WithSummary("One group with its partners and channels.");
        api.MapPut("/groups/{slug}/members/{personId}", SetMember).WithSummary("Adds a member or changes the roles (facilitators).");
        api.MapDelete("/groups/{slug}/members/{personId}", RemoveMember).WithSummary("Removes a member (facilitators).");
    }

    /// <summary>A group as the contract shapes it.</summary>
    public static object Shape(GroupView view, string language) => new
    {
        slug = view.Group.Slug, name = view.Name(language), network = view.Network.Slug, status = view.Group.Status,
        theme = view.Group.Themes.In(language), basis = view.Group.Basis, concept = view.Group.Concept, startsOn = view.Group.StartsOn, endsOn = view.Group.EndsOn,
        partners = view.Partners.Select(partner => new
        {
            id = partner.Organisation.Id, name = partner.Organisation.Names.In(language), kind = partner.Organisation.Kind, country = partner.Organisation.Country,
        }),
        channels = view.Channels.Select(channel => new { id = channel.Id, name = channel.Name, revision = channel.Revision }),
    };

    private static async Task<IResult> List(HttpContext context, string? limit, string? cursor, GroupService groups, CancellationToken cancel)
    {
        var (size, after) = (Page.Limit(limit), Page.After(cursor));
        if ((size.Refusal ?? after.Refusal) is { } refusal)
        {
            return Auth.Problems.Result(refusal, context);
        }
        var rows = await groups.ForPerson(context.Viewer().PersonId, after.Value, size.Value + 1, cancel);
        return Results.Json(Page.Of(rows, size.Value, row => Shape(row, context.Viewer().Language), row => row.Group.Id.ToString()));
    }

    private static async Task<IResult> Show(HttpContext context, string slug, GroupService groups, CancellationToken cancel) =>
        context.Answer(await groups.Find(context.Viewer().PersonId, slug, cancel), found => Shape(found.View, context.Viewer().Language));

    private static async Task<IResult> SetMember(HttpContext context, string slug, string personId, MemberRoles body, MembershipService memberships, CancellationToken cancel)
    {
        // An id that is none of ours is judged like one we do not know, after the group itself.
        var person = Guid.TryParse(personId, out var id) ? id : Guid.Empty;
        return context.Answer(await memberships.Set(context.Viewer().PersonId, slug, person, body.Roles, cancel), _ => new { personId, roles = body.Roles!.Distinct() });
    }

    private static async Task<IResult> RemoveMember(HttpContext context, string slug, string personId, MembershipService memberships, CancellationToken cancel)
    {
        var person = Guid.TryParse(personId, out var id) ? id : Guid.Empty;
        var removed = await memberships.Remove(context.Viewer().PersonId, slug, person, cancel);
        return removed.Refusal is { } refusal ? Auth.Problems.Result(refusal, context) : Results.NoContent();
    }
}

/// <summary>The roles of a member.</summary>
public sealed record MemberRoles(IReadOnlyList<string>? Roles);
