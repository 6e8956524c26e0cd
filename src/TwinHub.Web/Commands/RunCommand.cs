using TwinHub.Core.Data;
using TwinHub.Web.Demo;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Commands;

/// <summary>Serves the hub until Ctrl-C or SIGTERM.</summary>
internal static class RunCommand
{
    public static async Task<int> Run(HubArguments arguments, CancellationToken cancel)
    {
        using var only = RunLock.TryTake(arguments.DataDirectory) ?? throw new CommandException(RunLock.Refusal(arguments.DataDirectory));
        await using var app = await HubHost.Build(arguments, null, cancel);
        await app.StartAsync(cancel);
        var url = app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Console.WriteLine($"TwinHub is ready at {url}");
        Console.WriteLine(app.Services.GetRequiredService<DemoMode>().On
            ? $"To sign in: open {url}/sign-in and choose a person of the demo, or ask for a link; the demo's mail arrives at {url}/demo/mailbox"
            : "To sign in for the first time: ./twinhub facilitator EMAIL --network SLUG --template hosts");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
