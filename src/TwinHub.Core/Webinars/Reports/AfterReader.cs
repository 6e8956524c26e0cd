using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>What came of a webinar, for somebody who was invited or runs it.</summary>
/// <param name="HasEnded">Minutes, recording and survey are shown once it has; materials also before.</param>
/// <param name="Mine">What the person said of it; null: nothing yet.</param>
/// <param name="AnswerUntil">The survey takes the person's answer until then; null: it is not asked, or not any more.</param>
public sealed record AfterView(WebinarView View, bool HasEnded, IReadOnlyList<WebinarMaterial> Materials, SurveyAnswer? Mine, DateTimeOffset? AnswerUntil)
{
    public Webinar Webinar => View.Webinar;

    /// <summary>The minutes as they may be shown now; empty: there are none.</summary>
    public string Minutes => HasEnded ? Webinar.Minutes : "";

    public string? RecordingUrl => HasEnded ? Webinar.RecordingUrl : null;

    public bool IsEmpty => Minutes.Length == 0 && RecordingUrl is null && Materials.Count == 0;
}

/// <summary>Reads what invitees see of a webinar afterwards.</summary>
public sealed class AfterReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    public async Task<AfterView> Of(Guid person, WebinarView view, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Of(db, person, view, clock.GetUtcNow(), cancel);
    }

    internal static async Task<AfterView> Of(TwinHubDb db, Guid person, WebinarView view, DateTimeOffset now, CancellationToken cancel)
    {
        var webinar = view.Webinar;
        var hasEnded = webinar.StateAt(now) == "ended";
        var mine = hasEnded && view.Mine is not null ? await db.SurveyAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.WebinarId == webinar.Id && a.PersonId == person, cancel) : null;
        var until = SurveyService.Closes(webinar);
        return new(view, hasEnded, await MaterialDocuments.For(db, webinar.Id, person, cancel), mine, hasEnded && view.Mine is not null && now < until ? until : null);
    }

    /// <summary>The documents an organiser may choose among, the newest first.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> Documents(Guid person, Guid webinar, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await MaterialDocuments.Of(db, person, webinar).OrderByDescending(d => d.ChangedAt).Take(MaterialDocuments.Most).Select(d => new { d.Id, d.Name }).ToListAsync(cancel);
        return [.. found.Select(d => (d.Id, d.Name))];
    }

    internal static Task<List<WebinarMaterial>> Materials(TwinHubDb db, Guid webinar, CancellationToken cancel) =>
        db.WebinarMaterials.Where(m => m.WebinarId == webinar).OrderBy(m => m.AddedAt).ThenBy(m => m.Id).AsNoTracking().ToListAsync(cancel);
}
