using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>What was said of a webinar, without names. The texts of each question stand in the order of their letters: none tells when, or beside which other, it was written.</summary>
/// <param name="Useful">How many chose 1, 2, 3, 4 and 5.</param>
public sealed record SurveyResults(IReadOnlyList<int> Useful, IReadOnlyList<string> TakesHome, IReadOnlyList<string> Better)
{
    public int Answers => Useful.Sum();

    /// <summary>1 to 5; null: nobody has answered.</summary>
    public decimal? Average => Answers == 0 ? null : Useful.Select((people, place) => (decimal)people * (place + 1)).Sum() / Answers;
}

/// <summary>Reads a survey for who runs the webinar.</summary>
public sealed class SurveyReader(IDbContextFactory<TwinHubDb> dbs)
{
    public async Task<Outcome<SurveyResults>> Read(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await WebinarAccess.Hidden(db, person, id, cancel) is { } refusal)
        {
            return refusal;
        }
        var rows = await db.SurveyAnswers.Where(a => a.WebinarId == id).Select(a => new { a.Useful, a.TakesHome, a.Better }).ToListAsync(cancel);
        return new SurveyResults([.. Enumerable.Range(1, 5).Select(useful => rows.Count(row => row.Useful == useful))], Texts(rows.Select(row => row.TakesHome)), Texts(rows.Select(row => row.Better)));
    }

    private static IReadOnlyList<string> Texts(IEnumerable<string> texts) => [.. texts.Where(text => text.Length > 0).Order(StringComparer.Ordinal)];
}
