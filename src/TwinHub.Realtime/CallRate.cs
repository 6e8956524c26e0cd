using Microsoft.AspNetCore.SignalR;
using TwinHub.Core;
using TwinHub.Core.Text;

namespace TwinHub.Realtime;

/// <summary>
/// Bounds how often one connection may call the hub (ASVS 2.4.1): 300 at once, 50 a second in the long run. Posts have a
/// limit of their own, a person's.
/// </summary>
public sealed class CallRate(TimeProvider time) : IHubFilter
{
    private const double Burst = 300;
    private const double PerSecond = 50;

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.HubMethodName != nameof(TwinningHub.Post) && !Allows(invocationContext.Context.Items))
        {
            var language = ((Subscriber)invocationContext.Context.Items[nameof(Subscriber)]!).Viewer.Language;
            var refusal = new Refusal(RefusalCode.RateLimited);
            throw new HubException($"{refusal.Wire}: {refusal.Sentence(Texts.Shared.For(language))}");
        }
        return next(invocationContext);
    }

    private bool Allows(IDictionary<object, object?> items)
    {
        lock (items)
        {
            var now = time.GetTimestamp();
            var bucket = items.TryGetValue(nameof(CallRate), out var kept) ? (Bucket)kept! : new Bucket(Burst, now);
            var tokens = Math.Min(Burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * PerSecond));
            items[nameof(CallRate)] = new Bucket(Math.Max(0, tokens - 1), now);
            return tokens >= 1;
        }
    }

    private sealed record Bucket(double Tokens, long At);
}
