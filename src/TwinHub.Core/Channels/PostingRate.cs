using System.Threading.RateLimiting;

namespace TwinHub.Core.Channels;

/// <summary>How fast one person may post on this node: a token bucket, refilled each second.</summary>
public sealed class PostingRate(HubLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(person =>
        limits.PostsPerMinute == 0
            ? RateLimitPartition.GetNoLimiter(person)
            : RateLimitPartition.GetTokenBucketLimiter(person, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, limits.PostsBurst),
                TokensPerPeriod = Math.Max(1, limits.PostsPerMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));

    private volatile bool _lifted;

    /// <summary>Ends the limit for as long as this process runs.</summary>
    public void Lift() => _lifted = true;

    public bool Allows(Guid person)
    {
        if (_lifted)
        {
            return true;
        }
        using var lease = _limiter.AttemptAcquire(person);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
