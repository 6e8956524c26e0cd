using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Realtime;

namespace TwinHub.Web.Hosting;

/// <summary>A setting that nobody reads is a misspelt one: it stops the start with its key, and is not silently without effect.</summary>
internal static class KnownSettings
{
    /// <summary>The hub's own sections and their keys.</summary>
    private static readonly Dictionary<string, IReadOnlyCollection<string>> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Mail"] = Keys<MailOptions>(), ["SignIn"] = Keys<SignInOptions>(), ["Limits"] = Keys<HubLimits>(),
        ["Listener"] = Keys<ListenerOptions>(), ["Presence"] = Keys<PresenceOptions>(), ["Line"] = Keys<LineOptions>(),
        ["Meetings"] = Keys<MeetingOptions>(), ["Documents"] = Keys<DocumentOptions>(), ["Reminders"] = ["Webinar"], ["Jobs"] = ["Run", "Engine"], ["Demo"] = ["On"], ["Keys"] = ["Secret"],
    };

    /// <summary>Single values, what the contract keeps for later parts, and what the framework reads from the command line.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "PublicUrl", "Proxies", "Graph",
        "ConnectionStrings", "Logging", "Kestrel", "AllowedHosts", "urls", "http_ports", "https_ports", "environment", "contentRoot", "webroot", "applicationName",
        "detailedErrors", "captureStartupErrors", "suppressStatusMessages", "preferHostingUrls", "shutdownTimeoutSeconds", "hostingStartupAssemblies", "ReloadStaticAssetsAtRuntime", "EnableStaticAssetsDevelopmentCaching",
    };

    /// <summary>The names the command line may begin with. The environment is full of other programs' names and is not asked.</summary>
    /// <exception cref="CommandException">There is no such setting.</exception>
    public static void CheckName(string setting)
    {
        var key = setting.TrimStart('-').Split('=')[0];
        if (key.Split(':')[0] is var name && !Sections.ContainsKey(name) && !Others.Contains(name))
        {
            throw Unknown(key);
        }
    }

    /// <summary>The keys of the hub's own sections, wherever they were set.</summary>
    /// <exception cref="CommandException">A section holds a key that does not exist.</exception>
    public static void CheckSections(IConfiguration configuration)
    {
        foreach (var (section, keys) in Sections)
        {
            if (configuration.GetSection(section).GetChildren().FirstOrDefault(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } stranger)
            {
                throw Unknown(stranger.Path);
            }
        }
    }

    private static string[] Keys<T>() => [.. typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    private static CommandException Unknown(string key) => new($"There is no setting {key}.");
}
