namespace TwinHub.Tests.Support;

/// <summary>How long a long run is: short enough for every test run, full length when <c>TWINHUB_SOAK</c> is set (<c>./twinhub soak NAME</c>).</summary>
public static class Soak
{
    /// <summary>Long runs at full load, one after the other: each wants the machine.</summary>
    public const string Load = "Long runs at full load";

    /// <summary>Long runs that mostly wait for somebody's patience to end, one after the other: they measure seconds.</summary>
    public const string Patience = "Long runs of patience";

    public static bool IsFull => Environment.GetEnvironmentVariable("TWINHUB_SOAK") is { Length: > 0 };

    public static T Of<T>(T usual, T full) => IsFull ? full : usual;

    /// <summary>The same random choices in every run.</summary>
    public static Random Seed(int seed = 20_261_001) => new(seed);
}
