using System.Globalization;

namespace TwinHub.Load.Measures;

/// <summary>A server under measurement.</summary>
/// <param name="Name">bare, insert or twinhub.</param>
/// <param name="Hub">The hub's address.</param>
/// <param name="ProcessId">Whose memory and CPU time are read.</param>
public sealed record Target(string Name, Uri Hub, int ProcessId);

/// <summary>A seat: the room's place in the fixture and the place of the member whose token is used.</summary>
public readonly record struct Seat(int Room, int Member);

/// <summary>Many members, connected and joined, kept alive until disposed.</summary>
public sealed class Crowd : IAsyncDisposable
{
    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly Target _server;
    private readonly Fixture _fixture;
    private readonly Dictionary<int, Room> _rooms = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _beating;
    private Member[] _members = [];

    /// <summary>A crowd of nobody, for now.</summary>
    public Crowd(Target server, Fixture fixture)
    {
        (_server, _fixture) = (server, fixture);
        _beating = Beat();
    }

    /// <summary>Which messages are timed.</summary>
    public Window Window { get; } = new();

    /// <summary>The rooms with someone in them.</summary>
    public IReadOnlyList<Room> Rooms => [.. _rooms.Values];

    /// <summary>All members.</summary>
    public IReadOnlyList<Member> Members => _members;

    /// <summary>The seats of <paramref name="members"/> members in each of <paramref name="rooms"/> rooms.</summary>
    public static IEnumerable<Seat> Seats(int rooms, int members, int firstRoom = 0) =>
        from room in Enumerable.Range(firstRoom, rooms) from member in Enumerable.Range(0, members) select new Seat(room, member);

    /// <summary>Seats more people, at most <paramref name="abreast"/> of them at a time; throws where one cannot join within 60 s.</summary>
    /// <returns>How long each took from the common start to the joined room, in milliseconds.</returns>
    public async Task<double[]> Add(IReadOnlyList<Seat> seats, int abreast)
    {
        var (places, took) = (seats.Select(Place).ToArray(), new double[seats.Count]);
        using var patience = new CancellationTokenSource(_patience);
        var options = new ParallelOptions { MaxDegreeOfParallelism = abreast, CancellationToken = patience.Token };
        var start = Window.Clock.GetTimestamp();
        try
        {
            await Parallel.ForAsync(0, seats.Count, options, async (i, cancellation) =>
            {
                await places[i].Join(_server.Hub, _fixture.Token(seats[i].Room, seats[i].Member), cancellation);
                took[i] = Window.Clock.GetElapsedTime(start).TotalMilliseconds;
            });
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new BenchException($"{_server.Name} did not let {seats.Count} people join within {_patience.TotalSeconds} s.");
        }

        return took;
    }

    /// <summary>Waits until every delivery has arrived and every post is answered, or nothing has moved for 5 s.</summary>
    public async Task Drain()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var (left, moved) = (long.MaxValue, Window.Clock.GetTimestamp());
        while (left > 0 && Window.Clock.GetElapsedTime(moved) < TimeSpan.FromSeconds(5))
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            var now = _rooms.Values.Sum(room => Math.Max(room.Outstanding, 0) + room.Unanswered);
            (left, moved) = (now, now == left ? moved : Window.Clock.GetTimestamp());
        }
    }

    /// <summary>Loss and disorder, and posts without an answer though the connection lives; call after <see cref="Drain"/>.</summary>
    public IEnumerable<string> Violations() => _rooms.Values.SelectMany(room => room.Violations())
        .Concat(_rooms.Values.Where(room => room.Unanswered > 0 && !room.Members.Any(member => member.IsLost))
            .Select(room => string.Create(CultureInfo.InvariantCulture, $"{room.Unanswered} posts in channel {room.ChannelId} were never answered")))
        .Select(violation => $"{_server.Name}: {violation}");

    /// <summary>Everybody leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _beating;
        await Parallel.ForEachAsync(_members, async (member, _) => await member.DisposeAsync());
        _closing.Dispose();
    }

    private Member Place(Seat seat)
    {
        if (!_rooms.TryGetValue(seat.Room, out var room))
        {
            _rooms.Add(seat.Room, room = new Room(_fixture.Channels[seat.Room]));
        }

        var member = new Member(room, Window);
        room.Members.Add(member);
        _members = [.. _members, member];
        return member;
    }

    private async Task Beat()
    {
        using var timer = new PeriodicTimer(_beat);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                foreach (var member in _members)
                {
                    member.Ping();
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The crowd leaves: the beat has nobody left to keep alive.
        }
    }
}
