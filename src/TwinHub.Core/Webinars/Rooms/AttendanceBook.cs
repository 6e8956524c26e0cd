using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>Somebody in a room.</summary>
public readonly record struct RoomPresence(Guid WebinarId, Guid PersonId);

/// <summary>
/// Attendance as intervals. A node renews those of its people; what nobody renews ends where it was last renewed, also after
/// the death of a node. Who comes back within two minutes was never away: phones let a line go when the meeting opens.
/// </summary>
public sealed class AttendanceBook(NpgsqlDataSource source, IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>An interval that was not renewed for so long is over.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(2);

    /// <summary>These people are in these rooms now.</summary>
    public async Task Renew(IReadOnlyCollection<RoomPresence> here, CancellationToken cancel)
    {
        await Execute("""
            with here as (select distinct webinar, person from unnest($1::uuid[], $2::uuid[]) as h(webinar, person)),
                 last as (select distinct on (v.webinar_id, v.person_id) v.id, v.webinar_id, v.person_id from room_visits v join here h on h.webinar = v.webinar_id and h.person = v.person_id
                          where v.via = 'room' and coalesce(v.left_at, v.seen_at) > $3 - $4 order by v.webinar_id, v.person_id, v.joined_at desc),
                 before as (select v.id from room_visits v join last using (id) where v.left_at is null),
                 renewed as (update room_visits v set seen_at = greatest(v.seen_at, $3), left_at = null from last where v.id = last.id),
                 fresh as (insert into room_visits (id, webinar_id, person_id, via, joined_at, seen_at) select gen_random_uuid(), h.webinar, h.person, 'room', $3, $3 from here h
                           where not exists (select 1 from last l where l.webinar_id = h.webinar and l.person_id = h.person) on conflict do nothing returning webinar_id)
            select pg_notify($5, $6 || ' ' || webinar_id || ' people') from (select webinar_id from fresh union select webinar_id from last where id not in (select id from before)) changed
            """, here, [new() { Value = Gap }], cancel);
    }

    /// <summary>These people have left these rooms.</summary>
    public Task End(IReadOnlyCollection<RoomPresence> left, CancellationToken cancel) => Execute("""
        with ended as (update room_visits v set left_at = greatest($3, v.seen_at), seen_at = greatest($3, v.seen_at) from unnest($1::uuid[], $2::uuid[]) as l(webinar, person)
                       where v.webinar_id = l.webinar and v.person_id = l.person and v.left_at is null returning v.webinar_id)
        select pg_notify($4, $5 || ' ' || webinar_id || ' people') from (select distinct webinar_id from ended) changed
        """, left, [], cancel);

    /// <summary>Ends what nobody renews any more.</summary>
    public Task EndSilent(CancellationToken cancel) => Execute("""
        with ended as (update room_visits set left_at = seen_at where left_at is null and seen_at < $3 - $4 and $1::uuid[] is not null and $2::uuid[] is not null returning webinar_id)
        select pg_notify($5, $6 || ' ' || webinar_id || ' people') from (select distinct webinar_id from ended) changed
        """, [], [new() { Value = Silence }], cancel);

    /// <summary>Notes that somebody opens the meeting itself, and says where it is.</summary>
    public async Task<Outcome<string>> OpenMeeting(Guid person, Guid webinar, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow();
        var seat = await RoomAccess.Enter(db, person, webinar, now, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        if (seat.Value.Webinar.JoinUrl is not { } address)
        {
            return new Refusal(RefusalCode.Closed, "invitee.link.missing");
        }
        db.RoomVisits.Add(new(webinar, person, RoomVisit.Meeting, now, now));
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinar} people"), cancel);
        return address;
    }

    private async Task Execute(string sql, IReadOnlyCollection<RoomPresence> people, NpgsqlParameter[] more, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = people.Select(one => one.WebinarId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = people.Select(one => one.PersonId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddRange(more);
        command.Parameters.AddWithValue(Notice.DatabaseChannel);
        command.Parameters.AddWithValue(Notice.WebinarChanged);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
