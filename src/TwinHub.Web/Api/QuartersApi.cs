using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;
using TwinHub.Core.Text;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

internal static class QuartersApi
{
    public static void MapQuarters(this RouteGroupBuilder api)
    {
        api.MapGet("/register/{group}/quarters", List).WithSummary("A group's quarterly updates, newest first; drafts only for the group itself.");
        api.MapPut("/register/{group}/quarters/{quarter}", Put).AddEndpointFilter<RepeatableWrites>().WithSummary("Submits an update: {noChange: true}, or the edited draft; an old version is a conflict that shows the present state.");
    }

    private static async Task<IResult> List(HttpContext context, string group, string? limit, string? cursor, UpdateReader updates, CancellationToken cancel)
    {
        var size = Page.Limit(limit);
        var found = (size.Refusal ?? (cursor is not null && Quarter.Parse(cursor, 1) is null ? Refusal.Invalid("cursor") : null)) is { } refused
            ? refused : await updates.Whole(context.Viewer().PersonId, group, cursor, size.Value + 1, cancel);
        return found.Refusal is { } refusal ? refusal.Result(context)
            : Results.Json(Page.Of(found.Value.Updates, size.Value, view => Shape(view, found.Value.Seat, context.Viewer().Language), view => view.Quarter.Label));
    }

    private static async Task<IResult> Put(HttpContext context, string group, string quarter, UpdateBody body, RegisterService register, UpdateReader updates, CancellationToken cancel)
    {
        var (me, language) = (context.Viewer().PersonId, context.Viewer().Language);
        var saved = body.NoChange != true && body.Version is null ? Refusal.Invalid("version") : await register.Save(me, group, quarter, body.Draft(language), cancel);
        if (saved.Refusal is { Code: not RefusalCode.Conflict } refusal)
        {
            return refusal.Result(context);
        }
        var found = await updates.Find(me, group, quarter, cancel);
        return found.Refusal is { } gone ? gone.Result(context)
            : saved.Refusal is { } conflict ? conflict.Result(context, Shape(found.Value.Updates[0], found.Value.Seat, language))
            : Results.Json(Shape(found.Value.Updates[0], found.Value.Seat, language));
    }

    /// <summary>A quarter as the contract shapes it.</summary>
    private static object Shape(UpdateView view, RegisterSeat seat, string language)
    {
        var (words, template) = (Texts.Shared.For(language), NetworkTemplate.Of(seat.Network.Template));
        return new
        {
            quarter = view.Quarter.Label, state = view.State, opensOn = view.Update.OpensOn, dueOn = view.Update.DueOn,
            submittedAt = view.Update.SubmittedAt, submittedBy = view.SubmittedBy, noChange = view.Update.NoChange, summary = view.Texts.Summary,
            items = view.Lines.Select(line => new { id = line.Id, kind = line.Kind, text = line.Tell(words, template), source = line.Kind == DraftLine.Note ? null : line.SourceId.ToString(), included = line.Included }),
            bestPractices = view.Texts.BestPractices, lessonsLearned = view.Texts.LessonsLearned, contacts = view.Texts.Contacts, version = view.Update.Version,
        };
    }
}

/// <summary>An update as a program sends it.</summary>
public sealed record UpdateBody(bool? NoChange, int? Version, string? Summary, string? BestPractices, string? LessonsLearned, string? Contacts, IReadOnlyList<UpdateBodyItem>? Items)
{
    public UpdateDraft Draft(string language) => new("api", Version, language)
    {
        NoChange = NoChange == true,
        Texts = Summary is null && BestPractices is null && LessonsLearned is null && Contacts is null ? null : new(Summary ?? "", BestPractices ?? "", LessonsLearned ?? "", Contacts ?? ""),
        Lines = [.. (Items ?? []).Select(item => new LineEdit(item.Id, item.Text, item.Included ?? true))],
    };
}

/// <summary>A line of it; without an id it is new.</summary>
public sealed record UpdateBodyItem(string? Id, string? Text, bool? Included);
