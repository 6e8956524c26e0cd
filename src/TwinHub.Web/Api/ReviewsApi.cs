using TwinHub.Core;
using TwinHub.Core.Reviews;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

internal static class ReviewsApi
{
    public static void MapReviews(this RouteGroupBuilder api)
    {
        api.MapGet("/groups/{slug}/reviews", List).WithSummary("The milestone reviews of a group and its final one, the earliest due day first, with who has answered.");
        api.MapGet("/reviews/{id}/answers/mine", Mine).WithSummary("The answer of one's own partner.");
        api.MapPut("/reviews/{id}/answers/mine", Answer).WithSummary("Gives or changes the answer of one's own partner while the review is sealed; an old version is a conflict that shows the present answer.");
        api.MapGet("/reviews/{id}/answers", Answers).WithSummary("All answers side by side; not found while the review is sealed.");
    }

    private static async Task<IResult> List(HttpContext context, string slug, string? limit, string? cursor, ReviewReader reviews, CancellationToken cancel)
    {
        var (found, size, after) = (await reviews.List(context.Viewer().PersonId, slug, cancel), Page.Limit(limit), Page.After(cursor));
        if ((found.Refusal ?? size.Refusal ?? after.Refusal) is { } refusal)
        {
            return refusal.Result(context);
        }
        var rows = found.Value.Reviews.SkipWhile(one => after.Value is not null && one.Review.Id != after.Value).Skip(after.Value is null ? 0 : 1).ToList();
        return Results.Json(Page.Of(rows, size.Value, row => ReviewShapes.Of(row, slug, context.Viewer().Language), row => row.Review.Id.ToString()));
    }

    private static async Task<IResult> Mine(HttpContext context, string id, ReviewReader reviews, CancellationToken cancel)
    {
        var found = await reviews.Find(context.Viewer().PersonId, Id(id), cancel);
        return found.Refusal is null && found.Value.Mine is { } mine ? Results.Json(ReviewShapes.Of(mine, context.Viewer().Language)) : (found.Refusal ?? Refusal.NotFound).Result(context);
    }

    private static async Task<IResult> Answer(HttpContext context, string id, MyAnswer body, ReviewService service, ReviewReader reviews, CancellationToken cancel)
    {
        var me = context.Viewer();
        var answered = body.Input() is { } input ? await service.Answer(me.PersonId, Id(id), input, cancel) : Refusal.Invalid("ratings", "review.ratings");
        var mine = answered.Refusal is null or { Code: RefusalCode.Conflict } ? await reviews.Find(me.PersonId, Id(id), cancel) : answered.Refusal;
        var shape = mine.Refusal is null && mine.Value.Mine is { } one ? ReviewShapes.Of(one, me.Language) : null;
        return answered.Refusal is null ? Results.Json(shape) : shape is null ? answered.Refusal.Result(context) : answered.Refusal.Result(context, shape);
    }

    private static async Task<IResult> Answers(HttpContext context, string id, string? limit, string? cursor, ReviewReader reviews, CancellationToken cancel)
    {
        var (found, size, after) = (await reviews.Find(context.Viewer().PersonId, Id(id), cancel), Page.Limit(limit), Page.After(cursor));
        var hidden = found.Refusal ?? (found.Value.Summary.IsSealed ? Refusal.NotFound : size.Refusal ?? after.Refusal);
        if (hidden is not null)
        {
            return hidden.Result(context);
        }
        var rows = found.Value.Answers.SkipWhile(one => after.Value is not null && one.Organisation.Id != after.Value).Skip(after.Value is null ? 0 : 1).ToList();
        return Results.Json(Page.Of(rows, size.Value, row => ReviewShapes.Of(row, context.Viewer().Language), row => row.Organisation.Id.ToString()));
    }

    /// <summary>An id that is none of ours is judged like one we do not know.</summary>
    private static Guid Id(string id) => Guid.TryParse(id, out var known) ? known : Guid.Empty;
}

/// <summary>An answer as a program gives it.</summary>
/// <param name="Ratings">One for each objective of the group.</param>
/// <param name="Version">The version that was seen; none or 0: there was no answer.</param>
public sealed record MyAnswer(string? WentWell, string? Strengthen, IReadOnlyList<MyRating?>? Ratings, int? Version)
{
    /// <summary>Null: an objective is rated twice, or a rating is none.</summary>
    internal AnswerInput? Input()
    {
        var ratings = (Ratings ?? []).Select(one => (Known: Guid.TryParse(one?.Objective, out var id), Id: id, one?.Rating)).ToList();
        var isClear = ratings.All(one => one is { Known: true, Rating: not null }) && ratings.DistinctBy(one => one.Id).Count() == ratings.Count;
        return isClear ? new(WentWell, Strengthen, ratings.ToDictionary(one => one.Id, one => one.Rating!.Value), Version ?? 0) : null;
    }
}

/// <summary>Progress of an objective, 0 (not begun) to 4 (reached).</summary>
public sealed record MyRating(string? Objective, int? Rating);

/// <summary>Reviews and answers as the contract shapes them.</summary>
internal static class ReviewShapes
{
    public static object Of(ReviewSummary one, string group, string language) => new
    {
        id = one.Review.Id, group, kind = one.Milestone is null ? "final" : "milestone",
        milestone = one.Milestone is null ? null : new { id = one.Milestone.Id, title = one.Milestone.Title, dueOn = one.Milestone.DueOn },
        opensOn = one.Review.OpensOn, dueOn = one.Review.DueOn, state = one.State,
        conclusion = one.Review.ConcludedAt is null ? null : one.Review.Conclusion, concludedAt = one.Review.ConcludedAt?.UtcDateTime,
        partners = one.Partners.Select(partner => new { id = partner.Organisation.Id, name = partner.Organisation.Names.In(language), answered = partner.HasAnswered, late = partner.IsLate }),
    };

    public static object Of(AnswerView one, string language) => new
    {
        organisation = new { id = one.Organisation.Id, name = one.Organisation.Names.In(language) },
        wentWell = one.Answer.WentWell, strengthen = one.Answer.Strengthen, ratings = one.Ratings.Select(rating => new { objective = rating.Key, rating = rating.Value }),
        answeredAt = one.Answer.AnsweredAt.UtcDateTime, changedAt = one.Answer.ChangedAt.UtcDateTime, by = new { id = one.Answer.PersonId, name = one.Author }, late = one.Answer.Late, version = one.Answer.Version,
    };
}
