using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Register;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Data.Histories;

/// <summary>The reminders that were said of the quarters told, and those that were not needed any more.</summary>
internal static class ReminderStory
{
    public static async Task Tell(TwinHubDb db, IEnumerable<(Scene Scene, QuarterlyUpdate Update)> updates, CancellationToken cancel)
    {
        var calendar = await ChaseCalendar.Read(db, cancel);
        var rows = updates.SelectMany(one => Rows(one.Scene, one.Update, calendar)).ToList();
        await db.Database.ExecuteSqlAsync($"""
            insert into reminders (id, kind, subject_id, person_id, organisation_id, step, due_at, state, settled_at)
            select gen_random_uuid(), {RegisterChase.KindName}, subject, person, organisation, step, due, state, settled
            from unnest({rows.Select(r => r.Update).ToArray()}, {rows.Select(r => r.Person).ToArray()}, {rows.Select(r => r.Organisation).ToArray()}, {rows.Select(r => r.Step).ToArray()},
                {rows.Select(r => r.DueAt).ToArray()}, {rows.Select(r => r.State).ToArray()}, {rows.Select(r => r.SettledAt).ToArray()}) as n(subject, person, organisation, step, due, state, settled)
            on conflict (kind, subject_id, person_id, step, round) do nothing
            """, cancel);
    }

    private static IEnumerable<Row> Rows(Scene scene, QuarterlyUpdate update, ChaseCalendar calendar) =>
        scene.Correspondents.Where(one => one.Person is not null).SelectMany(one =>
            scene.Network.Steps.Days(update.OpensOn, update.DueOn, calendar.Working(scene.Network.Id, one.Organisation.Country)).Select(step =>
            {
                var due = ChaseCalendar.At(step.Day, one.Person!);
                var (state, settled) = Settled(scene, update, due, one.Person!.Email + step.Step);
                return new Row(update.Id, one.Person.Id, one.Organisation.Id, step.Step, due, state, settled);
            })).Where(row => row.SettledAt <= scene.Now);

    /// <summary>A submission stops what had not been said; a few were due while the hub was away for too long.</summary>
    private static (string State, DateTimeOffset At) Settled(Scene scene, QuarterlyUpdate update, DateTimeOffset due, string about) =>
        update.SubmittedAt is { } at && at <= due ? ("cancelled", at)
        : Scene.Number(update.Quarter + about) % 40 == 0 && due < scene.Now.AddDays(-120) ? ("missed", due.AddDays(8)) : ("sent", due.AddSeconds(20));

    private sealed record Row(Guid Update, Guid Person, Guid Organisation, string Step, DateTimeOffset DueAt, string State, DateTimeOffset SettledAt);
}
