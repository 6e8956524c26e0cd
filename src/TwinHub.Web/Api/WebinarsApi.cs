using TwinHub.Core;
using TwinHub.Core.Webinars;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

internal static class WebinarsApi
{
    public static void MapWebinars(this RouteGroupBuilder api)
    {
        api.MapGet("/webinars", List).WithSummary("The webinars one organises, facilitates or is invited to, newest first; filters: network, group, organiser, from, until, state, q.");
        api.MapPost("/webinars", Create).AddEndpointFilter<RepeatableWrites>().WithSummary("Drafts a webinar; with publish its invitations go out (facilitators and leads).");
        api.MapGet("/webinars/{id}", Show).WithSummary("One webinar.");
        api.MapPatch("/webinars/{id}", Change).AddEndpointFilter<RepeatableWrites>().WithSummary("Changes, moves or publishes a webinar; an old version is a conflict that shows the present state.");
        api.MapDelete("/webinars/{id}", Cancel).AddEndpointFilter<RepeatableWrites>().WithSummary("Cancels a webinar in every calendar.");
        api.MapGet("/webinars/{id}/invitations", Invitations).WithSummary("Who is invited and what they answered (who runs the webinar).");
        api.MapPost("/webinars/{id}/invitations", Invite).AddEndpointFilter<RepeatableWrites>().WithSummary("Invites more people (who runs the webinar).");
        api.MapPut("/webinars/{id}/invitations/mine", Answer).WithSummary("Answers one's own invitation: accepted, tentative or declined.");
    }

    private static async Task<IResult> List(HttpContext context, [AsParameters] WebinarQuery query, WebinarReader webinars, HubClock clock, CancellationToken cancel)
    {
        var (size, filter, cursor) = (Page.Limit(query.Limit), query.Filter(), query.Cursor is null ? null : WebinarCursor.Parse(query.Cursor));
        if ((size.Refusal ?? filter.Refusal ?? (query.Cursor is not null && cursor is null ? Refusal.Invalid("cursor") : null)) is { } refusal)
        {
            return refusal.Result(context);
        }
        var rows = await webinars.List(context.Viewer().PersonId, filter.Value, cursor, size.Value + 1, cancel);
        return Results.Json(Page.Of(rows, size.Value, row => WebinarShapes.Of(row, clock.GetUtcNow()), row => new WebinarCursor(row.Webinar.StartsAt, row.Webinar.Id).ToString()));
    }

    private static async Task<IResult> Create(HttpContext context, NewWebinar body, WebinarService service, WebinarAnswers webinars, CancellationToken cancel)
    {
        var made = await service.Create(context.Viewer().PersonId, body.Network ?? "", body.Input(), body.Invite?.List() ?? new(), body.Publish == true, cancel);
        return await webinars.Changed(context, made, null, 201, cancel);
    }

    private static Task<IResult> Show(HttpContext context, string id, WebinarAnswers webinars, CancellationToken cancel) =>
        webinars.Show(context, Id(id), cancel);

    private static async Task<IResult> Change(HttpContext context, string id, WebinarChange body, WebinarService service, WebinarAnswers webinars, CancellationToken cancel)
    {
        var (me, isPublished) = (context.Viewer().PersonId, body.Publish == true || body.State == Webinar.Scheduled);
        if (!isPublished && body.State is { } state && await webinars.IsOther(me, Id(id), state, cancel))
        {
            return Refusal.Invalid("state").Result(context);
        }
        var changed = await (isPublished ? service.EditAndSchedule(me, Id(id), body.Version, body.Input(), cancel) : service.Edit(me, Id(id), body.Version, body.Input(), cancel));
        return await webinars.Changed(context, changed, Id(id), 200, cancel);
    }

    private static async Task<IResult> Cancel(HttpContext context, string id, string? version, WebinarService service, WebinarAnswers webinars, CancellationToken cancel)
    {
        int? seen = int.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        if (version is not null && seen is null)
        {
            return Refusal.Invalid("version").Result(context);
        }
        return await webinars.Changed(context, await service.Cancel(context.Viewer().PersonId, Id(id), seen, cancel), Id(id), 200, cancel);
    }

    private static async Task<IResult> Invitations(HttpContext context, string id, string? limit, string? cursor, WebinarReader webinars, CancellationToken cancel)
    {
        var (size, after) = (Page.Limit(limit), Page.After(cursor));
        var rows = await webinars.Invitations(context.Viewer().PersonId, Id(id), after.Refusal is null ? after.Value : null, (size.Refusal is null ? size.Value : 0) + 1, cancel);
        return (rows.Refusal ?? size.Refusal ?? after.Refusal) is { } refusal ? refusal.Result(context)
            : Results.Json(Page.Of(rows.Value, size.Value, WebinarShapes.Of, row => row.Invitation.Id.ToString()));
    }

    private static async Task<IResult> Invite(HttpContext context, string id, NewInvitations body, InvitationService invitations, CancellationToken cancel) =>
        context.Answer(await invitations.Invite(context.Viewer().PersonId, Id(id), body.List(), cancel), added => new { added }, 201);

    private static async Task<IResult> Answer(HttpContext context, string id, MyResponse body, AnswerService answers, WebinarReader webinars, CancellationToken cancel)
    {
        var mine = await webinars.Mine(context.Viewer().PersonId, Id(id), cancel);
        var answered = mine.Refusal is { } hidden ? hidden : await answers.Answer(new(mine.Value.Invitation.Id, body.Response ?? "", "page"), cancel);
        return answered.Refusal is { } refusal ? refusal.Result(context)
            : context.Answer(await webinars.Mine(context.Viewer().PersonId, Id(id), cancel), WebinarShapes.Of);
    }

    /// <summary>An id that is none of ours is judged like one we do not know.</summary>
    private static Guid Id(string id) => Guid.TryParse(id, out var known) ? known : Guid.Empty;
}
