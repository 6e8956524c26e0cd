using Npgsql;
using TwinHub.Core.People;

namespace TwinHub.Web.Hosting;

/// <summary>Writes down every few seconds which sessions and tokens this node has seen in use, and once more at the end.</summary>
public sealed class UseNotes(Credentials credentials, TimeProvider time, ILogger<UseNotes> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Note(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Note(cancellationToken);
    }

    private async Task Note(CancellationToken cancel)
    {
        try
        {
            await credentials.NoteUse(cancel);
        }
        catch (NpgsqlException fault)
        {
            logger.LogWarning("Last uses wait for the database: {Fault}", fault.GetType().Name);
        }
    }
}
