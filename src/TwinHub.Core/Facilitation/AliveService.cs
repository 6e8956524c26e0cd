using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Live;
using TwinHub.Core.People;

namespace TwinHub.Core.Facilitation;

/// <summary>Who is asked how a group goes.</summary>
/// <param name="Answer">What they answered to this mail; null: nothing yet.</param>
public sealed record AliveQuestion(GroupView Group, Guid PersonId, string Language, string TimeZone, string? Answer);

/// <summary>
/// The answer to how a group goes, by the link of a mail and without signing in. It is a sign of life; a wish for help or a pause
/// stands on the facilitator's board and changes nothing by itself.
/// </summary>
public sealed class AliveService(IDbContextFactory<TwinHubDb> dbs, HubClock clock, TimeProvider time)
{
    /// <summary>So long the link answers.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(60);

    /// <summary>Not found: no such link, or its person is in the group no more.</summary>
    public async Task<Outcome<AliveQuestion>> Find(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Find(db, token, cancel);
    }

    /// <summary>Records an answer; the same again changes nothing, another one stands beside it as the newer.</summary>
    public async Task<Outcome<AliveQuestion>> Answer(string token, string? answer, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Two presses of one link come one after the other.
        var hash = Secret.Hash(Secret.Alive, token);
        await db.Database.ExecuteSqlAsync($"select 1 from person_links where hash = {hash} for update", cancel);
        var found = await Find(db, token, cancel);
        if (found.Refusal is not null)
        {
            return found;
        }
        if (answer is null || !AliveAnswer.Answers.Contains(answer))
        {
            return Refusal.Invalid("answer", "facilitate.alive.choose");
        }
        if (found.Value.Answer == answer)
        {
            return found;
        }
        if (found.Value.Group.Group.IsClosed)
        {
            return new Refusal(RefusalCode.Closed);
        }
        db.AliveAnswers.Add(new(found.Value.Group.Group.Id, found.Value.PersonId, answer, clock.GetUtcNow()));
        await db.SaveAndTell(new(Notice.GroupChanged, $"{found.Value.Group.Group.Slug} alive {found.Value.PersonId}"), cancel);
        await transaction.CommitAsync(cancel);
        return found.Value with { Answer = answer };
    }

    private async Task<Outcome<AliveQuestion>> Find(TwinHubDb db, string token, CancellationToken cancel)
    {
        var (hash, since) = (Secret.Hash(Secret.Alive, token), time.GetUtcNow() - Life);
        var found = await db.PersonLinks.Where(l => l.Hash == hash && l.Purpose == Secret.Alive && l.CreatedAt > since)
            .Join(db.People.Where(p => p.DisabledAt == null), l => l.PersonId, p => p.Id, (l, p) => new { Link = l, Person = p })
            .Join(db.Groups, x => x.Link.SubjectId, g => g.Id, (x, g) => new { x.Link, x.Person, Group = g })
            .Where(x => db.Memberships.Any(m => m.GroupId == x.Group.Id && m.PersonId == x.Person.Id)).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return Refusal.NotFound;
        }
        // Links live by the real time and answers by the hub's, which only ever runs ahead: what was answered since is not older.
        var answers = await db.AliveAnswers.Where(a => a.GroupId == found.Group.Id && a.PersonId == found.Person.Id && a.AnsweredAt >= found.Link.CreatedAt).OrderByDescending(a => a.AnsweredAt).Select(a => a.Answer).FirstOrDefaultAsync(cancel);
        return new AliveQuestion((await GroupService.Views(db, [found.Group], cancel))[0], found.Person.Id, found.Person.Language, found.Person.TimeZone, answers);
    }
}
