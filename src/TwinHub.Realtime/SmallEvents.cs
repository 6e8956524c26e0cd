using TwinHub.Core.Live;

namespace TwinHub.Realtime;

/// <summary>The events that take no number: typing, read positions, hints that a group has changed.</summary>
public sealed class SmallEvents
{
    private readonly Rooms _rooms;

    public SmallEvents(Rooms rooms, LiveFeed feed)
    {
        _rooms = rooms;
        feed.On(Notice.ReadMoved, notice => ReadMoved(notice.Words));
        feed.On(Notice.GroupChanged, notice => GroupChanged(notice.Words));
        feed.On(Notice.Typing, notice => Typing(notice.Rest.Split(' ', 3)));
    }

    private void ReadMoved(string[] words)
    {
        var frame = Frames.Event("ReadMoved", new { channelId = Guid.Parse(words[0]), revision = Number(words[2]), unread = Number(words[3]) });
        var person = Guid.Parse(words[1]);
        foreach (var one in _rooms.Connections.Where(one => one.Viewer.PersonId == person))
        {
            one.Send(frame);
        }
    }

    private void GroupChanged(string[] words) =>
        _rooms.Tell(words[0], Frames.Event("GroupChanged", new { groupSlug = words[0], what = words[1], id = words[2] }));

    private void Typing(string[] words)
    {
        var (channel, person) = (Guid.Parse(words[0]), Guid.Parse(words[1]));
        var frame = Frames.Event("TypingChanged", new { channelId = channel, person = new { id = person, name = words[2] }, typing = true });
        _rooms.Find(channel)?.Enqueue(new Whisper(frame, Except: person));
    }

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
