using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.People;

/// <summary>Who is asking: a person, by a session or a personal access token.</summary>
/// <param name="RoomId">The session is one for the room of this webinar and sees nothing else; null: it is a person's own.</param>
public sealed record Viewer(Guid PersonId, string Name, string Email, string Language, string TimeZone, string Scheme, LocalizedText? Organisation, Guid? SessionId, Guid? TokenId, Guid? RoomId = null);

/// <summary>Sessions and personal access tokens: opening, checking, listing and ending them.</summary>
public sealed class Credentials(IDbContextFactory<TwinHubDb> dbs, NpgsqlDataSource source, TimeProvider time, SignInOptions options)
{
    /// <summary>A use is written down when the last one is older than this.</summary>
    private static readonly TimeSpan NoteAfter = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(Guid Id, bool IsSession), bool> _used = new();

    /// <summary>Opens a session and returns the cookie's token.</summary>
    public async Task<string> OpenSession(Guid person, string device, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var token = Secret.New();
        db.Sessions.Add(new Session(Secret.Hash(Secret.Session, token), person, time.GetUtcNow(), options.SessionLife, device));
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>The person a session cookie stands for, or null.</summary>
    public Task<Viewer?> BySession(string token, CancellationToken cancel) => Find("""
        select p.id, p.name, p.email, p.language, p.time_zone, p.scheme, s.id, s.last_seen_at, first_organisation(p.id)
        from sessions s join people p on p.id = s.person_id
        where s.hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and p.disabled_at is null
        """, Secret.Hash(Secret.Session, token), isSession: true, cancel);

    /// <summary>The person an access token stands for, or null.</summary>
    public Task<Viewer?> ByAccessToken(string token, CancellationToken cancel) => Find("""
        select p.id, p.name, p.email, p.language, p.time_zone, p.scheme, t.id, coalesce(t.last_used_at, timestamptz 'epoch'), first_organisation(p.id)
        from access_tokens t join people p on p.id = t.person_id
        where t.hash = $1 and (t.expires_at is null or t.expires_at > $2) and $3::timestamptz is not null and p.disabled_at is null
        """, Secret.Hash(Secret.Access, token), isSession: false, cancel);

    /// <summary>
    /// Writes when sessions and tokens were last used, many in one statement: a page or a connection does not wait for it, and
    /// a crash forgets at most what came since the last run.
    /// </summary>
    public async Task<int> NoteUse(CancellationToken cancel)
    {
        var used = _used.Keys.ToList();
        if (used.Count == 0)
        {
            return 0;
        }
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Note("update sessions set last_seen_at = $2 where id = any($1)", used.Where(one => one.IsSession)));
        batch.BatchCommands.Add(Note("update access_tokens set last_used_at = $2 where id = any($1)", used.Where(one => !one.IsSession)));
        await batch.ExecuteNonQueryAsync(cancel);
        used.ForEach(one => _used.TryRemove(one, out _));
        return used.Count;
    }

    /// <summary>The sessions and tokens (by id) that still stand among those that connections were opened with.</summary>
    public async Task<HashSet<Guid>> Standing(IReadOnlyCollection<Viewer> viewers, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select s.id from sessions s join people p on p.id = s.person_id where s.id = any($1) and s.expires_at > $2 and p.disabled_at is null
            union all
            select t.id from access_tokens t join people p on p.id = t.person_id where t.id = any($1) and (t.expires_at is null or t.expires_at > $2) and p.disabled_at is null
            union all
            select s.id from room_sessions s join invitations i on i.id = s.invitation_id join people p on p.id = i.person_id where s.id = any($1) and i.removed_at is null and p.disabled_at is null
            """);
        command.Parameters.AddWithValue(viewers.Select(viewer => viewer.SessionId ?? viewer.TokenId ?? Guid.Empty).Distinct().ToArray());
        command.Parameters.AddWithValue(time.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(cancel);
        var standing = new HashSet<Guid>();
        while (await row.ReadAsync(cancel))
        {
            standing.Add(row.GetGuid(0));
        }
        return standing;
    }

    public async Task<IReadOnlyList<Session>> Sessions(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (now, idle) = (time.GetUtcNow(), time.GetUtcNow() - options.SessionIdle);
        return await db.Sessions.Where(s => s.PersonId == person && s.ExpiresAt > now && s.LastSeenAt > idle)
            .OrderByDescending(s => s.LastSeenAt).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<AccessToken>> Tokens(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.AccessTokens.Where(t => t.PersonId == person).OrderByDescending(t => t.CreatedAt).ToListAsync(cancel);
    }

    /// <summary>Makes a token; this is the only time it can be read.</summary>
    /// <param name="days">Days it lives, 1 to 3,650; null: until it is taken back.</param>
    public async Task<Outcome<string>> MakeToken(Guid person, string name, int? days, CancellationToken cancel)
    {
        if (Names.Clean(name, 80) is not { } clean)
        {
            return Refusal.Invalid("name", "error.token.name");
        }
        if (days is < 1 or > 3_650)
        {
            return Refusal.Invalid("days", "error.token.days");
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (token, now) = (Secret.New(), time.GetUtcNow());
        db.AccessTokens.Add(new AccessToken(Secret.Hash(Secret.Access, token), person, clean, now, days is { } d ? now.AddDays(d) : null));
        db.Note(time, person, "token.made", clean);
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>Ends one of a person's own sessions; another's is not found.</summary>
    public Task<Outcome<bool>> EndSession(Guid person, Guid session, CancellationToken cancel) =>
        End(person, "session.ended", "delete from sessions where person_id = $1 and id = $2", session, cancel);

    /// <summary>Takes back one of a person's own tokens.</summary>
    public Task<Outcome<bool>> EndToken(Guid person, Guid token, CancellationToken cancel) =>
        End(person, "token.ended", "delete from access_tokens where person_id = $1 and id = $2", token, cancel);

    /// <summary>Signs a person out on every device; tokens stay.</summary>
    public Task<Outcome<bool>> EndAllSessions(Guid person, CancellationToken cancel) =>
        End(person, "session.ended-everywhere", "delete from sessions where person_id = $1 and $2 is not null", Guid.Empty, cancel);

    private async Task<Outcome<bool>> End(Guid person, string action, string sql, Guid subject, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var delete = new NpgsqlCommand(sql, connection, transaction)
        {
            Parameters = { new() { Value = person }, new() { Value = subject } },
        };
        if (await delete.ExecuteNonQueryAsync(cancel) == 0)
        {
            return Refusal.NotFound;
        }
        await using var rest = new NpgsqlBatch(connection, transaction);
        rest.BatchCommands.Add(new("insert into audit_log (at, actor_id, action, subject) values ($1, $2, $3, $4)")
        {
            Parameters = { new() { Value = time.GetUtcNow() }, new() { Value = person }, new() { Value = action }, new() { Value = subject.ToString() } },
        });
        rest.BatchCommands.Add(LiveNotifier.Command(new(Notice.CredentialsEnded, person.ToString())));
        await rest.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<Viewer?> Find(string sql, byte[] hash, bool isSession, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue(hash);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - options.SessionIdle);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
        {
            return null;
        }
        var id = row.GetGuid(6);
        if (now - row.GetFieldValue<DateTimeOffset>(7) > NoteAfter)
        {
            _used[(id, isSession)] = true;
        }
        // Few languages, zones and schemes, many connections that keep theirs for hours.
        return new(row.GetGuid(0), row.GetString(1), row.GetString(2), string.Intern(row.GetString(3)), string.Intern(row.GetString(4)), string.Intern(row.GetString(5)),
            row.IsDBNull(8) ? null : LocalizedText.FromJson(row.GetString(8)), isSession ? id : null, isSession ? null : id);
    }

    private NpgsqlBatchCommand Note(string sql, IEnumerable<(Guid Id, bool IsSession)> used) => new(sql)
    {
        Parameters = { new() { Value = used.Select(one => one.Id).ToArray() }, new() { Value = time.GetUtcNow() } },
    };
}
