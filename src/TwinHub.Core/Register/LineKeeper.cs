using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register;

/// <summary>Stores the lines of an update: those that somebody changed, and at submission all of them.</summary>
internal sealed class LineKeeper(TwinHubDb db, QuarterlyUpdate update, Guid person)
{
    public async Task Keep(IReadOnlyList<DraftLine> lines, UpdateDraft draft, Words words, NetworkTemplate template, bool all, CancellationToken cancel)
    {
        var stored = await db.UpdateItems.Where(i => i.UpdateId == update.Id).ToDictionaryAsync(i => (i.Kind, i.SourceId), cancel);
        var edits = draft.Lines.Where(edit => edit.Id is not null).GroupBy(edit => edit.Id!).ToDictionary(edits => edits.Key, edits => edits.Last());
        var place = 0;
        foreach (var line in lines)
        {
            var edit = edits.GetValueOrDefault(line.Id);
            var text = Own(edit?.Text, line, words, template);
            var isChanged = edit is not null && (text != line.Text || edit.Included != line.Included);
            if (isChanged || all || line.Changed)
            {
                Put(stored.GetValueOrDefault((line.Kind, line.SourceId)), line, place, isChanged ? (text, edit!.Included) : null);
            }
            place++;
        }
        Add(draft, place, lines.Count(line => line.Kind == DraftLine.Note));
    }

    /// <summary>What somebody wrote in place of the line; null: it still reads as told. An emptied line stays as it was and is left out by its box.</summary>
    private static string? Own(string? written, DraftLine line, Words words, NetworkTemplate template)
    {
        var text = written is null ? null : Clean(written);
        return string.IsNullOrEmpty(text) || text == line.Tell(words, template).ReplaceLineEndings("\n").Trim() ? line.Text : text;
    }

    /// <summary>The isolates are the form's own: what people wrote is stored as they see it.</summary>
    private static string Clean(string text) => text.ReplaceLineEndings("\n").Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal).Trim();

    private void Put(UpdateItem? item, DraftLine line, int place, (string? Text, bool Included)? change)
    {
        if (item is null)
        {
            item = new(update.Id, line.Kind, line.SourceId, line.Facts.ToJson());
            db.UpdateItems.Add(item);
        }
        item.Put(place, line.Facts.ToJson());
        if (change is { } made)
        {
            item.Change(made.Text, made.Included, person);
        }
    }

    private void Add(UpdateDraft draft, int place, int already)
    {
        var notes = draft.Lines.Where(edit => edit.Id is null && !string.IsNullOrWhiteSpace(edit.Text)).Take(Math.Max(0, UpdateDraft.MaxNotes - already));
        foreach (var text in notes.Select(edit => Clean(edit.Text!)))
        {
            var facts = new LineFacts(text, update.OpensOn.AddDays(-1)).ToJson();
            var item = new UpdateItem(update.Id, DraftLine.Note, Guid.CreateVersion7(), facts);
            item.Put(place++, facts);
            item.Change(text, true, person);
            db.UpdateItems.Add(item);
        }
    }
}
