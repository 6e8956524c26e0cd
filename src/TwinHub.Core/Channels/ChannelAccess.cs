using System.Collections.Concurrent;
using Npgsql;
using TwinHub.Core.Live;

namespace TwinHub.Core.Channels;

/// <summary>What a person may do in a channel. Null stands for: not found.</summary>
public sealed record ChannelAccess(Guid GroupId, bool CanWrite, bool Facilitates);

/// <summary>What a person could do in a channel when it stood at a revision.</summary>
public sealed record ChannelStanding(ChannelAccess Access, long Revision);

/// <summary>
/// Remembers access for reads and joins. A notice in the revoking transaction drops what is remembered; while the listener
/// is down nothing is trusted. (Posts are judged in the append itself and never ask here.)
/// </summary>
public sealed class ChannelAccessCache
{
    private readonly NpgsqlDataSource _source;
    private readonly ConcurrentDictionary<(Guid Person, Guid Channel), ChannelAccess> _known = new();
    private volatile bool _trusted;
    private long _generation;

    public ChannelAccessCache(NpgsqlDataSource source, LiveFeed feed)
    {
        _source = source;
        feed.On(Notice.AccessChanged, notice => Forget(Guid.Parse(notice.Rest)));
    }

    /// <summary>The listener says whether it hears everything.</summary>
    public void Trust(bool trusted)
    {
        Interlocked.Increment(ref _generation);
        _trusted = trusted;
        _known.Clear();
    }

    public async Task<ChannelAccess?> Find(Guid person, Guid channel, CancellationToken cancel)
    {
        if (_trusted && _known.TryGetValue((person, channel), out var known))
        {
            return known;
        }
        var generation = Interlocked.Read(ref _generation);
        var access = (await FindNow(person, channel, cancel))?.Access;
        if (access is not null && _trusted)
        {
            _known[(person, channel)] = access;
            if (generation != Interlocked.Read(ref _generation))
            {
                // Something was revoked while we read: what we read may be from before.
                _known.TryRemove((person, channel), out _);
            }
        }
        return access;
    }

    /// <summary>What the database says, whatever is remembered, and the channel's revision at which it says so.</summary>
    public async Task<ChannelStanding?> FindNow(Guid person, Guid channel, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("select a.group_id, a.can_write, a.facilitates, c.revision from channel_access($1, $2) a, channels c where c.id = $1");
        command.Parameters.AddWithValue(channel);
        command.Parameters.AddWithValue(person);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new(new(reader.GetGuid(0), reader.GetBoolean(1), reader.GetBoolean(2)), reader.GetInt64(3)) : null;
    }

    private void Forget(Guid person)
    {
        Interlocked.Increment(ref _generation);
        foreach (var key in _known.Keys.Where(key => key.Person == person))
        {
            _known.TryRemove(key, out _);
        }
    }
}
