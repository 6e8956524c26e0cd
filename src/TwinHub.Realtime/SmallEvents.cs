using System.Collections.Concurrent;
using Npgsql;
using TwinHub.Core.Live;

namespace TwinHub.Realtime;

/// <summary>The events that take no number and need no order: typing, read positions, hints that a group has changed.</summary>
public sealed class SmallEvents
{
    private readonly ConcurrentDictionary<Guid, string> _names = new();
    private readonly Rooms _rooms;
    private readonly NpgsqlDataSource _source;

    public SmallEvents(Rooms rooms, LiveFeed feed, NpgsqlDataSource source)
    {
        (_rooms, _source) = (rooms, source);
        feed.On(Notice.ReadMoved, notice => ReadMoved(notice.Words));
        feed.On(Notice.GroupChanged, notice => GroupChanged(notice.Words));
        feed.On(Notice.Typing, notice => Typing(notice.Words));
        feed.On(Notice.AccessChanged, notice => _names.TryRemove(Guid.Parse(notice.Rest), out _));
    }

    /// <summary>Remembers a name so that typing costs no look-up.</summary>
    public void Know(Guid person, string name) => _names[person] = name;

    private void ReadMoved(string[] words)
    {
        var frame = Frames.Event("ReadMoved", new { channelId = Guid.Parse(words[0]), revision = Number(words[2]), unread = Number(words[3]) });
        var person = Guid.Parse(words[1]);
        foreach (var one in _rooms.Connections.Where(one => one.Viewer.PersonId == person))
        {
            one.Send(frame);
        }
    }

    private void GroupChanged(string[] words)
    {
        var frame = Frames.Event("GroupChanged", new { groupSlug = words[0], what = words[1], id = words[2] });
        foreach (var watcher in _rooms.Watchers(words[0]))
        {
            watcher.Send(frame);
        }
    }

    private void Typing(string[] words)
    {
        var person = Guid.Parse(words[1]);
        if (_rooms.Find(Guid.Parse(words[0])) is not { } room)
        {
            return;
        }
        if (_names.TryGetValue(person, out var name))
        {
            SendTyping(room, person, name);
            return;
        }
        // Rare: somebody on another node whose name this node does not know yet. The look-up must not hold up the listener.
        _ = Task.Run(() => LookUpAndSend(room, person));
    }

    private async Task LookUpAndSend(Room room, Guid person)
    {
        try
        {
            await using var command = _source.CreateCommand("select name from people where id = $1");
            command.Parameters.AddWithValue(person);
            if (await command.ExecuteScalarAsync() is string name)
            {
                Know(person, name);
                SendTyping(room, person, name);
            }
        }
        catch (NpgsqlException)
        {
            // Typing is a courtesy: without the database there is nothing to show.
        }
    }

    private static void SendTyping(Room room, Guid person, string name)
    {
        var frame = Frames.Event("TypingChanged", new { channelId = room.Channel, person = new { id = person, name }, typing = true });
        foreach (var reader in room.Readers.Where(reader => reader.Viewer.PersonId != person))
        {
            reader.Send(frame);
        }
    }

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
