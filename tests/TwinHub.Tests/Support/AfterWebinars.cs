using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Webinars that are over, and what their rooms noted.</summary>
public static class AfterWebinars
{
    public static T Get<T>(this TestHub hub) where T : notnull => hub.App.Services.GetRequiredService<T>();

    /// <summary>A visit by minutes from the webinar's start; null: nobody has ended it.</summary>
    public static async Task Visit(this TestHub hub, Guid webinar, string email, double from, double? until, string via = RoomVisit.Room)
    {
        var (person, last, isOver) = (await hub.PersonId(email), until ?? from, until is not null);
        await hub.Db(db => db.Database.ExecuteSqlAsync($"""
            insert into room_visits (id, webinar_id, person_id, via, joined_at, seen_at, left_at)
            select gen_random_uuid(), w.id, {person}, {via}, w.starts_at + {from} * interval '1 minute', w.starts_at + {last} * interval '1 minute', case when {isOver} then w.starts_at + {last} * interval '1 minute' end
            from webinars w where w.id = {webinar}
            """));
    }

    /// <summary>As the facilitator reads it.</summary>
    public static async Task<Attendance> Attendance(this TestHub hub, Guid webinar)
    {
        var read = await hub.Get<AttendanceReader>().Read(await hub.PersonId(People.Claire), webinar, TestContext.Current.CancellationToken);
        Assert.Null(read.Refusal);
        return read.Value;
    }

    public static async Task<Presence?> PresenceOf(this TestHub hub, Guid webinar, string email) => (await hub.Attendance(webinar)).Invited.Single(one => one.Email == email).Presence;

    /// <summary>The steps of people over time in one line: "0:2 30:1 90:0", by minutes from the start.</summary>
    public static string Line(this Attendance attendance) =>
        string.Join(' ', attendance.Steps.Select(step => FormattableString.Invariant($"{(step.At - attendance.View.Webinar.StartsAt).TotalMinutes:0.##}:{step.People}")));
}
