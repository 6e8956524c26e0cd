namespace TwinHub.Jobs;

/// <summary>A sweep over due rows, safe to run twice and at the same time on several nodes.</summary>
public interface IJob
{
    /// <summary>Does what is due now.</summary>
    /// <returns>How many rows were worked off.</returns>
    Task<int> Run(CancellationToken cancel);
}
