namespace TwinHub.Core.Data;

/// <summary>Where the private PostgreSQL lives and what it needs.</summary>
/// <param name="DataDirectory">TwinHub's data directory; created when absent. The cluster is its folder <c>postgres/cluster</c>.</param>
public sealed record PrivatePostgresOptions(string DataDirectory)
{
    /// <summary>The folder of initdb, pg_ctl and postgres; null searches the usual places and PATH. Setting <c>Postgres:Bin</c>.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>Bytes that must be free before a cluster is created; 300 MB unless told.</summary>
    public long RequiredFreeBytes { get; init; } = 300L * 1024 * 1024;

    /// <summary>How long to wait for another process that is starting or stopping the same server.</summary>
    public TimeSpan LockPatience { get; init; } = TimeSpan.FromSeconds(60);
}
