namespace TwinHub.Tests.Support;

/// <summary>A clock that stands, so that two runs can be compared.</summary>
public sealed class StillTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
