using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Mail;

/// <summary>Puts mails into the outbox in the transaction of their cause: final bytes, made once, and a fixed Message-ID.</summary>
public sealed class Outbox(RenderLetter render, MailOptions options, HubClock clock, TimeProvider time)
{
    /// <summary>Queues a letter inside the database's current transaction.</summary>
    public async Task Queue(TwinHubDb db, Letter letter, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        var messageId = $"<{id}@{options.From.Split('@')[1]}>";
        var content = MimeMessage.Make(new(options.From, options.FromName), messageId, clock.GetUtcNow(), letter, await render(letter));
        var about = JsonSerializer.Serialize(new Dictionary<string, string>(letter.About) { ["kind"] = letter.Kind });
        await db.Database.ExecuteSqlAsync($"""
            insert into emails (id, message_id, recipient, kind, language, subject, about, reason, content, next_at, created_at)
            values ({id}, {messageId}, {letter.To}, {letter.Kind}, {letter.Language}, {letter.Subject}, {about}::jsonb, {letter.Reason}, {content}, {time.GetUtcNow()}, {clock.GetUtcNow()})
            """, cancel);
        await db.Tell(new(Notice.MailQueued, ""), cancel);
    }
}
