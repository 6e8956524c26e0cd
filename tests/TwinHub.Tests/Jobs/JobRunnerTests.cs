using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TwinHub.Jobs;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Jobs;

public sealed class JobRunnerTests(CoreFixture fixture) : IClassFixture<CoreFixture>, IAsyncLifetime
{
    private static readonly Slot Sweeps = new(typeof(Sweep), TimeSpan.FromHours(1), null);
    private static readonly Slot Others = new(typeof(OtherSweep), TimeSpan.FromHours(1), null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.Execute("delete from job_runs");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_sweep_never_runs_beside_itself_and_every_wake_gets_its_run()
    {
        var (inside, most, runs) = (0, 0, 0);
        var runner = Runner(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            for (var i = 0; i < 100; i++)
            {
                await Task.Yield();
            }
            Interlocked.Decrement(ref inside);
            return ++runs;
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => runner.Run(Sweeps, Cancel), Cancel)));

        Assert.Equal((1, 8), (most, runs));
    }

    [Fact]
    public async Task A_slow_sweep_does_not_hold_up_another()
    {
        var other = new TaskCompletionSource();
        var runner = Runner(
            async cancel =>
            {
                await other.Task.WaitAsync(TimeSpan.FromSeconds(5), cancel);
                return 1;
            },
            _ =>
            {
                other.SetResult();
                return Task.FromResult(1);
            });
        Assert.All(await Task.WhenAll(runner.Run(Sweeps, Cancel), runner.Run(Others, Cancel)), items => Assert.Equal(1, items));
    }

    [Fact]
    public async Task What_was_worked_off_is_recorded_and_nothing_is_not()
    {
        var found = new Queue<int>([0, 3, 0]);
        var runner = Runner(_ => Task.FromResult(found.Dequeue()));
        Assert.Equal((0, 3, 0), (await runner.Run(Sweeps, Cancel), await runner.Run(Sweeps, Cancel), await runner.Run(Sweeps, Cancel)));
        Assert.Equal(["Sweep 3 -"], await Recorded());
        Assert.True(await fixture.Scalar<bool>("select finished_at >= started_at from job_runs"));
    }

    [Fact]
    public async Task A_failure_is_recorded_and_the_next_run_goes_on()
    {
        var runs = 0;
        var runner = Runner(_ => ++runs == 1 ? throw new InvalidOperationException("it broke") : Task.FromResult(2));
        Assert.Equal((0, 2), (await runner.Run(Sweeps, Cancel), await runner.Run(Sweeps, Cancel)));
        Assert.Equal(["Sweep 0 InvalidOperationException: it broke", "Sweep 2 -"], await Recorded());
    }

    [Fact]
    public async Task A_sweep_that_waited_too_long_for_something_has_failed()
    {
        var runner = Runner(_ => throw new TaskCanceledException("no answer in time"));
        Assert.Equal(0, await runner.Run(Sweeps, Cancel));
        Assert.Equal(["Sweep 0 TaskCanceledException: no answer in time"], await Recorded());
    }

    [Fact]
    public async Task A_sweep_that_was_told_to_stop_has_not_failed()
    {
        using var stop = new CancellationTokenSource();
        var runs = 0;
        var runner = Runner(async cancel =>
        {
            if (++runs == 1)
            {
                await stop.CancelAsync();
            }
            cancel.ThrowIfCancellationRequested();
            return 1;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.Run(Sweeps, stop.Token));
        Assert.Empty(await Recorded());
        Assert.Equal(1, await runner.Run(Sweeps, Cancel));
    }

    private JobRunner Runner(Func<CancellationToken, Task<int>> sweep, Func<CancellationToken, Task<int>>? other = null)
    {
        var services = new ServiceCollection().AddTransient(_ => new Sweep(sweep)).AddTransient(_ => new OtherSweep(other ?? sweep));
        return new(services.BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(), fixture.Source, fixture.Time, NullLogger<JobRunner>.Instance);
    }

    private Task<List<string>> Recorded() => fixture.Rows<string>("select concat_ws(' ', job, items, coalesce(error, '-')) from job_runs order by id");

    private sealed class Sweep(Func<CancellationToken, Task<int>> run) : IJob
    {
        public Task<int> Run(CancellationToken cancel) => run(cancel);
    }

    private sealed class OtherSweep(Func<CancellationToken, Task<int>> run) : IJob
    {
        public Task<int> Run(CancellationToken cancel) => run(cancel);
    }
}
