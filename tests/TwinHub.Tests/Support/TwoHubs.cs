namespace TwinHub.Tests.Support;

/// <summary>Two nodes on one database of the demo, quick to see who comes and goes.</summary>
public sealed class TwoHubs(TestPostgres postgres) : Xunit.IAsyncLifetime
{
    /// <summary>No posting limits; presence in seconds.</summary>
    public static readonly string[] Quick = ["--Limits:PostsPerMinute=0", "--Presence:LeaveAfter=00:00:00.2", "--Presence:BeatEvery=00:00:01", "--Presence:DeadAfter=00:00:03"];

    public TestHub One { get; private set; } = null!;

    public TestHub Two { get; private set; } = null!;

    public TestPostgres Postgres => postgres;

    public async ValueTask InitializeAsync()
    {
        One = await TestHub.Start(postgres, Quick);
        Two = await TestHub.StartOn(postgres, One.Database, demo: true, Quick);
    }

    public async ValueTask DisposeAsync()
    {
        await Two.DisposeAsync();
        await One.DisposeAsync();
    }
}
