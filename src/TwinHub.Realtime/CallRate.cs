using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using TwinHub.Core;
using TwinHub.Core.Text;

namespace TwinHub.Realtime;

/// <summary>Bounds how often one connection may call the hub (ASVS 2.4.1). Posts have a limit of their own, a person's.</summary>
public sealed class CallRate(TimeProvider time) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var subscriber = invocationContext.Context.Features.GetRequiredFeature<Subscriber>();
        if (invocationContext.HubMethodName != nameof(TwinningHub.Post) && !subscriber.Calls.Allows(time))
        {
            var refusal = new Refusal(RefusalCode.RateLimited);
            throw new HubException($"{refusal.Wire}: {refusal.Sentence(Texts.Shared.For(subscriber.Viewer.Language))}");
        }
        return next(invocationContext);
    }
}

/// <summary>What one connection may still call: 300 times at once, 50 a second in the long run; telling of its writing counts once a second a channel.</summary>
public sealed class CallBucket
{
    private const double Burst = 300;
    private const double PerSecond = 50;

    private readonly Lock _gate = new();
    private double _tokens = Burst;
    private long _at;
    private (Guid Channel, long At) _told;

    public bool Allows(TimeProvider time)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(Burst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * PerSecond));
            _at = now;
            if (_tokens < 1)
            {
                return false;
            }
            _tokens--;
            return true;
        }
    }

    /// <summary>Whether to tell that the person writes in a channel; more often than once a second says nothing new.</summary>
    public bool MayTell(Guid channel)
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            var just = _told.Channel == channel && now - _told.At < 1_000;
            _told = just ? _told : (channel, now);
            return !just;
        }
    }
}
