using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using TwinHub.Core.Channels;
using TwinHub.Core.Live;

namespace TwinHub.Realtime;

/// <summary>
/// Carries committed messages and evictions from the listener to the rooms, in commit order. Messages this node wrote come
/// from memory (the notice names the batch); of others only the range is known and the room reads it.
/// </summary>
public sealed class Dispatcher : BackgroundService
{
    private readonly Channel<Notice> _notices = System.Threading.Channels.Channel.CreateUnbounded<Notice>(new() { SingleReader = true });
    private readonly Rooms _rooms;
    private readonly AppendLog _log;

    public Dispatcher(Rooms rooms, AppendLog log, LiveFeed feed)
    {
        (_rooms, _log) = (rooms, log);
        feed.On(Notice.Messages, notice => _notices.Writer.TryWrite(notice));
        feed.On(Notice.Evicted, notice => _notices.Writer.TryWrite(notice));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var notice in _notices.Reader.ReadAllAsync(stoppingToken))
        {
            if (notice.Kind == Notice.Messages)
            {
                await Messages(notice.Words, stoppingToken);
            }
            else
            {
                Evicted(notice.Words);
            }
        }
    }

    private async Task Messages(string[] words, CancellationToken cancel)
    {
        var rows = Guid.Parse(words[0]) == _log.Node ? await _log.Take(Number(words[1]), cancel) : null;
        var byChannel = rows?.GroupBy(row => row.ChannelId).ToDictionary(group => group.Key, group => group.OrderBy(row => row.Revision).ToList());
        foreach (var range in words.Skip(2))
        {
            var channel = Guid.Parse(range[..36]);
            var numbers = range[37..].Split('-');
            _rooms.Find(channel)?.Enqueue(new Deliver(Number(numbers[0]), Number(numbers[1]), byChannel?.GetValueOrDefault(channel)));
        }
    }

    private void Evicted(string[] words)
    {
        var person = Guid.Parse(words[1]);
        _rooms.Unwatch(words[3], person);
        _rooms.Evict(Guid.Parse(words[0][..36]), person, words[2]);
    }

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
