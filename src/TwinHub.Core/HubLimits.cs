namespace TwinHub.Core;

/// <summary>Section <c>Limits</c> of the configuration.</summary>
public sealed record HubLimits
{
    /// <summary>UTF-16 units of a message.</summary>
    public int Message { get; init; } = 10_000;

    /// <summary>Lines of a message.</summary>
    public int MessageLines { get; init; } = 500;

    /// <summary>Sustained posts a minute and person; 0 turns the limit off.</summary>
    public int PostsPerMinute { get; init; } = 600;

    /// <summary>Posts a person may make at once.</summary>
    public int PostsBurst { get; init; } = 300;

    /// <summary>Sign-in links an address may ask for in fifteen minutes.</summary>
    public int SignInsPerAddress { get; init; } = 5;

    /// <summary>Sign-in requests an IP address may make in fifteen minutes (an office shares one).</summary>
    public int SignInsPerNetwork { get; init; } = 60;
}
