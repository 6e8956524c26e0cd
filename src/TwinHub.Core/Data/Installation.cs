namespace TwinHub.Core.Data;

/// <summary>The one row that says what this installation is.</summary>
public sealed class Installation
{
    private Installation() { }

    public bool OnlyRow { get; private set; }

    /// <summary>Marked when it was created; only then demo doors may open.</summary>
    public bool Demo { get; private set; }

    /// <summary>How far the demo's clock runs ahead.</summary>
    public TimeSpan ClockOffset { get; private set; }

    /// <summary>False in an installation made for load tests: nobody is told to slow down.</summary>
    public bool PostingLimits { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>One run of a job, for the administrator.</summary>
public sealed class JobRun
{
    private JobRun() { }

    public long Id { get; private set; }
    public string Job { get; private set; } = "";
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public int Items { get; private set; }
    public string? Error { get; private set; }
}

/// <summary>A running process of the hub, alive while its beat is fresh.</summary>
public sealed class Node
{
    private Node() { }

    public Guid Id { get; private set; }
    public DateTimeOffset BeatAt { get; private set; }
}

/// <summary>A person connected to a node.</summary>
public sealed class PresenceRow
{
    private PresenceRow() { }

    public Guid NodeId { get; private set; }
    public Guid PersonId { get; private set; }
}
