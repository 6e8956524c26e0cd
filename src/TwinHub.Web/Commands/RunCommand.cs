using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Realtime;
using TwinHub.Web.Demo;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Commands;

/// <summary>Serves the hub until Ctrl-C or SIGTERM.</summary>
internal static class RunCommand
{
    public static async Task<int> Run(HubArguments arguments, TextWriter output, CancellationToken cancel)
    {
        using var only = RunLock.TryTake(arguments.DataDirectory) ?? throw new CommandException(RunLock.Refusal(arguments.DataDirectory));
        await using var app = await HubHost.Build(arguments, null, cancel);
        await app.StartAsync(cancel);
        var url = app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        // Only now is the port known where the system chose it.
        var links = app.Services.GetRequiredService<HubSettings>().PublicUrl ?? url;
        app.Services.GetRequiredService<SignInOptions>().BaseUrl = links;
        only.ServesAt(links);
        var stopped = app.WaitForShutdownAsync(cancel);
        if (await Task.WhenAny(app.Services.GetRequiredService<LiveEventListener>().FirstHeard, stopped) != stopped)
        {
            Announce(output, url, app.Services.GetRequiredService<DemoMode>());
        }
        await stopped;
        return 0;
    }

    private static void Announce(TextWriter output, string url, DemoMode demo)
    {
        output.WriteLine($"TwinHub is ready at {url}");
        output.WriteLine(demo.On
            ? $"To sign in: open {url}/sign-in and choose a person of the demo, or ask for a link; the demo's mail arrives at {url}/demo/mailbox"
            : "To sign in for the first time: ./twinhub facilitator EMAIL --network SLUG --template hosts");
    }
}
