using System.Collections.Concurrent;

namespace TwinHub.Tests.Support;

/// <summary>Somebody who talks at a steady pace, whatever happens around; remembers what was acknowledged.</summary>
public sealed class Chatter : IAsyncDisposable
{
    private const int Beats = 50;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Said> _acknowledged = [];
    private readonly Task _talking;

    /// <param name="writer">Through whose connection.</param>
    /// <param name="channel">Where.</param>
    /// <param name="perSecond">Messages a second; a multiple of 50 above 50.</param>
    public Chatter(LiveClient writer, Guid channel, int perSecond) => _talking = Task.Run(() => Talk(writer, channel, perSecond));

    /// <summary>What the server said is saved.</summary>
    public IReadOnlyList<Said> Acknowledged => [.. _acknowledged];

    /// <summary>Ends the talk; throws what went wrong in it.</summary>
    public async Task<IReadOnlyList<Said>> Stop()
    {
        await _stop.CancelAsync();
        await _talking;
        return Acknowledged;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _talking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task Talk(LiveClient writer, Guid channel, int perSecond)
    {
        var (beats, each) = (Math.Min(Beats, perSecond), Math.Max(1, perSecond / Beats));
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / beats));
        var (answers, number) = (new List<Task>(), 0);
        while (!_stop.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            answers.AddRange(Enumerable.Range(0, each).Select(_ => Say(writer, channel, ++number)));
        }
        await Task.WhenAll(answers);
    }

    private async Task Say(LiveClient writer, Guid channel, int number)
    {
        var said = new Said(Guid.NewGuid(), 0, $"steady {number}");
        var answer = await writer.Post(channel, said.Body, said.ClientMessageId);
        _acknowledged.Add(said with { Revision = answer.GetProperty("revision").GetInt64() });
    }
}
