using TwinHub.Web.Hosting;

namespace TwinHub.Web.Demo;

/// <summary>Whether the demo's doors are open, with the rules that keep them shut elsewhere (contract, Demo).</summary>
public sealed record DemoMode(bool On)
{
    /// <summary>A new private installation on loopback is a demo unless told otherwise; with a given database only on demand.</summary>
    /// <exception cref="CommandException">A demo was asked for where it is not safe.</exception>
    public static bool Wanted(HubArguments arguments, HubSettings settings, Binding binding)
    {
        var allowed = binding.IsLoopback && settings.Proxies.Count == 0 && settings.PublicUrl is null;
        if (!Asked(arguments, settings))
        {
            return !arguments.Has("no-demo") && settings.Demo != false && string.IsNullOrEmpty(settings.ConnectionString) && allowed;
        }
        return allowed ? true : throw new CommandException("A demo runs on loopback only, without proxy and public URL; start with --no-demo.");
    }

    /// <summary>What holds for this start, given how the database was marked when it was made.</summary>
    /// <exception cref="CommandException">The database was not made as a demo.</exception>
    public static DemoMode Decide(HubArguments arguments, HubSettings settings, bool wanted, bool marked) =>
        marked || !Asked(arguments, settings) ? new(wanted && marked)
        : throw new CommandException("This database was not made as a demo, so it cannot be opened as one; start without --demo.");

    private static bool Asked(HubArguments arguments, HubSettings settings) =>
        !arguments.Has("no-demo") && (arguments.Has("demo") || settings.Demo == true);
}
