using System.Globalization;
using TwinHub.Core.Data;
using Xunit;

namespace TwinHub.Tests.Core.Data;

public sealed class RunLockTests : IDisposable
{
    private readonly string folder = Path.Join(Path.GetTempPath(), $"twinhub-tests-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_second_run_on_one_data_directory_is_refused_and_told_who_has_it()
    {
        using var first = RunLock.TryTake(folder);
        Assert.NotNull(first);
        Assert.Null(RunLock.TryTake(folder));
        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), RunLock.Refusal(folder), StringComparison.Ordinal);
        Assert.Contains(folder, RunLock.Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_is_free_again_after_the_run()
    {
        RunLock.TryTake(folder)!.Dispose();
        using var next = RunLock.TryTake(folder);
        Assert.NotNull(next);
    }
}
