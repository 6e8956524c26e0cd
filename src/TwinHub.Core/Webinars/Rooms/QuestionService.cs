using Microsoft.EntityFrameworkCore;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>Questions asked in writing; others vote for those they want answered.</summary>
public sealed class QuestionService(RoomChange room)
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxLength = 500;

    private const string Questions = "questions";
    private const int MaxOpen = 20;

    /// <summary>Asks; the same id again is the same question.</summary>
    public async Task<Outcome<bool>> Ask(Guid person, Guid webinar, Guid id, string? body, CancellationToken cancel)
    {
        var text = Names.Clean(body?.ReplaceLineEndings(" "), MaxLength);
        if (text is null)
        {
            return string.IsNullOrWhiteSpace(body) ? Refusal.Invalid("body", "room.say-something") : new Refusal(RefusalCode.TooLong, "room.question-long", "body");
        }
        return await room.Make(person, webinar, Questions, async (db, _) =>
        {
            if (await db.RoomQuestions.CountAsync(q => q.WebinarId == webinar && q.PersonId == person && q.AnsweredAt == null && q.HiddenAt == null, cancel) >= MaxOpen)
            {
                return new Refusal(RefusalCode.RateLimited, "room.question-many");
            }
            await db.Database.ExecuteSqlAsync($"""
                insert into room_questions (id, webinar_id, person_id, body, asked_at) values ({id}, {webinar}, {person}, {text}, {room.Now}) on conflict (id) do nothing
                """, cancel);
            return null;
        }, cancel);
    }

    /// <summary>Votes for a question of somebody else, or takes the vote back.</summary>
    public Task<Outcome<bool>> Vote(Guid person, Guid webinar, Guid question, bool on, CancellationToken cancel) => room.Make(person, webinar, Questions, async (db, _) =>
    {
        if (!await db.RoomQuestions.AnyAsync(q => q.Id == question && q.WebinarId == webinar && q.HiddenAt == null && q.PersonId != person, cancel))
        {
            return Refusal.NotFound;
        }
        await (on
            ? db.Database.ExecuteSqlAsync($"insert into question_votes (question_id, person_id, at) values ({question}, {person}, {room.Now}) on conflict do nothing", cancel)
            : db.QuestionVotes.Where(v => v.QuestionId == question && v.PersonId == person).ExecuteDeleteAsync(cancel));
        return null;
    }, cancel);

    /// <summary>Marks a question as answered, or as open again.</summary>
    public Task<Outcome<bool>> Answer(Guid actor, Guid webinar, Guid question, bool on, CancellationToken cancel) =>
        Lead(actor, webinar, question, one => one.Answer(on ? room.Now : null), cancel);

    /// <summary>Takes a question out of everybody's sight.</summary>
    public Task<Outcome<bool>> Hide(Guid actor, Guid webinar, Guid question, CancellationToken cancel) =>
        Lead(actor, webinar, question, one => one.Hide(room.Now), cancel);

    private Task<Outcome<bool>> Lead(Guid actor, Guid webinar, Guid question, Action<RoomQuestion> change, CancellationToken cancel) => room.Lead(actor, webinar, Questions, async (db, _) =>
    {
        if (await db.RoomQuestions.SingleOrDefaultAsync(q => q.Id == question && q.WebinarId == webinar, cancel) is not { } found)
        {
            return Refusal.NotFound;
        }
        change(found);
        return null;
    }, cancel);
}
