using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Live;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Register;

/// <summary>Writing what a group says of itself in the register.</summary>
public sealed class RegisterTextService(IDbContextFactory<TwinHubDb> dbs, HubClock clock, TimeProvider time)
{
    /// <summary>UTF-16 units of one text.</summary>
    public const int Longest = 10_000;

    /// <summary>
    /// Writes the fields that were changed since they were shown; those nobody touched stay as they are now. A field that
    /// somebody else has changed meanwhile is a conflict and nothing is written.
    /// </summary>
    /// <returns>Whether anything is different now.</returns>
    public async Task<Outcome<bool>> Save(Guid actor, string slug, IReadOnlyList<TextEdit> edits, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var group = await Lock(db, actor, slug, cancel);
        var cleaned = group.Refusal is { } hidden ? hidden : await Clean(db, group.Value, edits, cancel);
        if (cleaned.Refusal is { } refusal)
        {
            return refusal;
        }
        var standing = await db.RegisterTexts.Where(t => t.GroupId == group.Value.Id).ToDictionaryAsync(t => t.Field, cancel);
        var changed = cleaned.Value.Where(edit => edit.Text != Now(standing, edit.Field) && TextEdit.Mark(edit.Text!) != edit.Seen).ToList();
        if (changed.FirstOrDefault(edit => TextEdit.Mark(Now(standing, edit.Field)) != edit.Seen) is { } stale)
        {
            return new Refusal(RefusalCode.Conflict, Field: stale.Field);
        }
        if (changed.Count > 0)
        {
            changed.ForEach(edit => Write(db, group.Value.Id, standing.GetValueOrDefault(edit.Field), edit, actor));
            db.Note(time, actor, "register.written", $"{slug} {string.Join('+', changed.Select(edit => edit.Field))}");
            await db.SaveAndTell(new(Notice.GroupChanged, $"{slug} register {group.Value.Id}"), cancel);
            await transaction.CommitAsync(cancel);
        }
        return changed.Count > 0;
    }

    private static string Now(Dictionary<string, RegisterText> standing, string field) => standing.GetValueOrDefault(field)?.Text ?? "";

    private void Write(TwinHubDb db, Guid group, RegisterText? row, TextEdit edit, Guid actor)
    {
        if (row is null)
        {
            db.RegisterTexts.Add(new(group, edit.Field, edit.Text!, actor, clock.GetUtcNow()));
            return;
        }
        row.Write(edit.Text!, actor, clock.GetUtcNow());
    }

    /// <summary>The group, whose texts nobody else writes until the transaction ends: not found, not allowed or closed.</summary>
    private static async Task<Outcome<TwinningGroup>> Lock(TwinHubDb db, Guid actor, string slug, CancellationToken cancel)
    {
        var seat = await RegisterAccess.Write(db, actor, slug, cancel);
        if (seat.Refusal is not null || !RegisterAccess.Statuses.Contains(seat.Value.Group.Status))
        {
            return seat.Refusal ?? Refusal.NotFound;
        }
        var locked = await db.Groups.FromSql($"select * from twinning_groups where id = {seat.Value.Group.Id} for no key update").AsNoTracking().SingleAsync(cancel);
        return locked.IsClosed ? new Refusal(RefusalCode.Closed) : locked;
    }

    private static async Task<Outcome<List<TextEdit>>> Clean(TwinHubDb db, TwinningGroup group, IReadOnlyList<TextEdit> edits, CancellationToken cancel)
    {
        var template = await db.Networks.Where(n => n.Id == group.NetworkId).Select(n => n.Template).SingleAsync(cancel);
        var fields = RegisterEntry.Written(NetworkTemplate.Of(template)).Select(field => field.Key).ToHashSet();
        var cleaned = new List<TextEdit>();
        foreach (var edit in edits)
        {
            var text = LongText.Clean(edit.Text, Longest, edit.Field);
            if (!fields.Remove(edit.Field))
            {
                return Refusal.Invalid("field");
            }
            if (text.Refusal is { } refusal)
            {
                return refusal;
            }
            cleaned.Add(edit with { Text = text.Value });
        }
        return cleaned;
    }
}

/// <summary>What somebody makes of a field.</summary>
/// <param name="Field">One of <see cref="RegisterEntry.Written"/>.</param>
/// <param name="Text">At most <see cref="RegisterTextService.Longest"/> characters; nothing empties the field.</param>
/// <param name="Seen">The mark of the text that was shown.</param>
public sealed record TextEdit(string Field, string? Text, string? Seen)
{
    /// <summary>A text's mark: the same only for the same text.</summary>
    public static string Mark(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
