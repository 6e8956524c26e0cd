using System.Collections.Concurrent;

namespace TwinHub.Core.Channels;

/// <summary>
/// The newest fifty messages of the channels joined lately, with their ready bytes. A page is good for one revision of its
/// channel, so it is never out of date; a whole office that connects at once reads it once.
/// </summary>
public sealed class NewestPages(MessageReader reader)
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<Guid, (long Revision, IReadOnlyList<MessageEvent> Messages)> _pages = new();

    /// <summary>The page of a channel as it stood at <paramref name="revision"/>, oldest first.</summary>
    public async Task<IReadOnlyList<MessageEvent>> Find(Guid channel, long revision, CancellationToken cancel)
    {
        if (_pages.TryGetValue(channel, out var page) && page.Revision == revision)
        {
            return page.Messages;
        }
        var newest = await reader.NewestAt(channel, revision, ChatService.JoinPage, cancel);
        newest.Reverse();
        if (_pages.Count >= Most)
        {
            _pages.Clear();
        }
        _pages[channel] = (revision, newest);
        return newest;
    }
}
