using System.Diagnostics;

namespace TwinHub.Tests.Support;

/// <summary>Counts the commands that reach the database on behalf of one piece of work, whatever runs beside it.</summary>
public static class QueryCount
{
    public static async Task<int> Of(Func<Task> work)
    {
        using var root = new Activity("counted").SetIdFormat(ActivityIdFormat.W3C).Start();
        var (trace, queries) = (root.TraceId, 0);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> made) => made.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = activity => queries = activity.TraceId == trace ? Interlocked.Increment(ref queries) : queries,
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return queries;
    }
}
