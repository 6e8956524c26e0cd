using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Lessons;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Register;

/// <summary>
/// What happened in a group in a quarter, read from its records whenever somebody looks: what was recorded after the update had
/// opened is in it too. Lines that somebody changed are stored, and after submission all of them.
/// </summary>
internal static class DraftReader
{
    /// <summary>The lines of an update in order, those left out too; of a submitted one exactly what was submitted.</summary>
    public static async Task<List<DraftLine>> Lines(TwinHubDb db, QuarterlyUpdate update, Network network, CancellationToken cancel)
    {
        var stored = await db.UpdateItems.Where(i => i.UpdateId == update.Id).OrderBy(i => i.Position).AsNoTracking().ToListAsync(cancel);
        List<DraftLine> kept = [.. stored.Select(DraftLine.Of)];
        if (update.SubmittedAt is not null)
        {
            return kept;
        }
        var known = kept.Select(line => (line.Kind, line.SourceId)).ToHashSet();
        var span = new Span(update, network);
        var found = (await Found(db, span, cancel)).Concat(DocumentLines.Of(update.Id, await Documents(db, span, cancel), known));
        return [.. kept.Concat(found.Where(line => !known.Contains((line.Kind, line.SourceId)))).OrderBy(line => Order(line.Kind)).ThenBy(line => line.Facts.Day).ThenBy(line => line.SourceId)];
    }

    /// <summary>The lines of submitted updates, by update.</summary>
    public static async Task<ILookup<Guid, DraftLine>> Submitted(TwinHubDb db, IReadOnlyCollection<Guid> updates, CancellationToken cancel) =>
        (await db.UpdateItems.Where(i => updates.Contains(i.UpdateId)).OrderBy(i => i.Position).AsNoTracking().ToListAsync(cancel)).ToLookup(i => i.UpdateId, DraftLine.Of);

    private static int Order(string kind) => DraftLine.Kinds.ToList().IndexOf(kind);

    private static async Task<List<DraftLine>> Found(TwinHubDb db, Span span, CancellationToken cancel) =>
    [
        .. await Activities(db, span, cancel), .. await Webinars(db, span, cancel), .. await Stock(db, span, cancel),
        .. await Milestones(db, span, cancel), .. await Reviews(db, span, cancel), .. await Lessons(db, span, cancel),
    ];

    /// <summary>What was begun and done in one quarter is told once, as done.</summary>
    private static async Task<IEnumerable<DraftLine>> Activities(TwinHubDb db, Span span, CancellationToken cancel)
    {
        var rows = await db.Activities.Where(a => a.GroupId == span.Group && ((a.BegunOn >= span.From && a.BegunOn <= span.To) || (a.DoneOn >= span.From && a.DoneOn <= span.To))).AsNoTracking().ToListAsync(cancel);
        return rows.Select(a => span.Includes(a.DoneOn)
            ? new DraftLine("activity_done", a.Id, new(a.Title, a.BegunOn ?? a.DoneOn!.Value, a.DoneOn, a.Kind))
            : new DraftLine("activity_begun", a.Id, new(a.Title, a.BegunOn!.Value, null, a.Kind)));
    }

    /// <summary>Those to which the group was invited, with how many came to them in all.</summary>
    private static async Task<IEnumerable<DraftLine>> Webinars(TwinHubDb db, Span span, CancellationToken cancel)
    {
        var rows = await db.Webinars.Where(w => w.State == Webinar.Scheduled && w.StartsAt >= span.Begins && w.StartsAt < span.Ends && db.Invitations.Any(i => i.WebinarId == w.Id && i.GroupId == span.Group && i.RemovedAt == null))
            .Select(w => new { w.Id, w.Title, w.StartsAt, People = db.RoomVisits.Where(v => v.WebinarId == w.Id).Select(v => v.PersonId).Distinct().Count() }).ToListAsync(cancel);
        return rows.Select(w => new DraftLine("webinar", w.Id, new(w.Title, span.Day(w.StartsAt), People: w.People)));
    }

    /// <summary>What the group said when a webinar took stock (domain, section 6).</summary>
    private static async Task<IEnumerable<DraftLine>> Stock(TwinHubDb db, Span span, CancellationToken cancel)
    {
        var rows = await db.StockUpdates.Where(s => s.At >= span.Begins && s.At < span.Ends)
            .Join(db.AgendaSlots.Where(a => a.GroupId == span.Group), s => s.SlotId, a => a.Id, (s, a) => new { s.MessageId, s.Body, s.At }).ToListAsync(cancel);
        return rows.Select(s => new DraftLine("stock", s.MessageId, new(s.Body, span.Day(s.At))));
    }

    private static async Task<IEnumerable<DraftLine>> Milestones(TwinHubDb db, Span span, CancellationToken cancel)
    {
        var rows = await db.Milestones.Where(m => m.GroupId == span.Group && m.RemovedAt == null && m.ReachedOn >= span.From && m.ReachedOn <= span.To).AsNoTracking().ToListAsync(cancel);
        return rows.Select(m => new DraftLine("milestone", m.Id, new(m.Title, m.ReachedOn!.Value)));
    }

    /// <summary>That a review was held, once its answers are open; never what they say.</summary>
    private static async Task<IEnumerable<DraftLine>> Reviews(TwinHubDb db, Span span, CancellationToken cancel)
    {
        var rows = await db.MilestoneReviews.Where(r => r.GroupId == span.Group && r.CancelledAt == null && r.CompleteAt >= span.Begins && r.CompleteAt < span.Ends)
            .Select(r => new { r.Id, At = r.CompleteAt!.Value, Title = db.Milestones.Where(m => m.Id == r.MilestoneId).Select(m => m.Title).FirstOrDefault() }).ToListAsync(cancel);
        return rows.Select(r => new DraftLine("review", r.Id, new(r.Title ?? "", span.Day(r.At))));
    }

    private static async Task<IEnumerable<DraftLine>> Lessons(TwinHubDb db, Span span, CancellationToken cancel)
    {
        var rows = await LessonReader.InPeriod(db, span.Group, span.Begins, span.Ends, cancel);
        return rows.Select(l => new DraftLine(l.Kind, l.Id, new(l.Text, span.Day(l.HappenedAt))));
    }

    /// <summary>What was added or got a new version and is in no bin.</summary>
    private static async Task<List<ChangedDocument>> Documents(TwinHubDb db, Span span, CancellationToken cancel)
    {
        var rows = await db.Documents.Where(d => d.GroupId == span.Group && d.DeletedAt == null && d.ChangedAt >= span.Begins && d.CreatedAt < span.Ends)
            .Select(d => new { d.Id, d.Name, d.CreatedAt, Newest = db.DocumentVersions.Where(v => v.DocumentId == d.Id && v.CreatedAt >= span.Begins && v.CreatedAt < span.Ends).Max(v => (DateTimeOffset?)v.CreatedAt) })
            .Where(d => d.Newest != null).ToListAsync(cancel);
        return [.. rows.Select(d => new ChangedDocument(d.Id, d.Name, span.Day(d.Newest!.Value), d.CreatedAt >= span.Begins))];
    }

    /// <summary>A group's quarter in days and, in the network's zone, in instants.</summary>
    private sealed record Span(QuarterlyUpdate Update, Network Network)
    {
        public Guid Group => Update.GroupId;
        public DateOnly From => Update.StartsOn;
        public DateOnly To => Update.OpensOn.AddDays(-1);
        public DateTimeOffset Begins { get; } = Network.Midnight(Update.StartsOn);
        public DateTimeOffset Ends { get; } = Network.Midnight(Update.OpensOn);

        public DateOnly Day(DateTimeOffset at) => Network.Day(at);

        public bool Includes(DateOnly? day) => day >= From && day <= To;
    }
}
