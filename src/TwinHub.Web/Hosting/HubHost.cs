using TwinHub.Core.Data;
using TwinHub.Realtime;
using TwinHub.Web.Demo;

namespace TwinHub.Web.Hosting;

/// <summary>Builds the hub: settings, database, services, pipeline. What Program runs and what tests start.</summary>
public static class HubHost
{
    public const int DefaultPort = 5080;

    /// <summary>Builds a hub with an open, migrated database; it serves when started.</summary>
    /// <exception cref="CommandException">The settings or the installation do not allow a start; one line says why.</exception>
    public static async Task<WebApplication> Build(HubArguments arguments, Action<IServiceCollection>? adjust, CancellationToken cancel)
    {
        var builder = Configure(arguments);
        var settings = HubSettings.Read(builder.Configuration, arguments.DataDirectory);
        var binding = Binding.Choose(builder, arguments);
        binding.Check(settings);
        var database = await OpenDatabase(builder, settings, arguments, cancel);
        try
        {
            var demo = await Prepare(database, arguments, settings, binding, cancel);
            Finish(settings, arguments, binding, demo);
            builder.Services.AddHub(settings, database, demo);
            adjust?.Invoke(builder.Services);
            var app = builder.Build();
            app.UseHub(settings, demo);
            // Before the first request: what is written in a demo carries the demo's time from the start.
            await app.Services.GetRequiredService<InstallationReader>().Read(cancel);
            return app;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Configuration and logging, without any listening address.</summary>
    public static WebApplicationBuilder Configure(HubArguments arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = ContentRoot(), ApplicationName = "TwinHub.Web", Args = arguments.Settings,
        });
        // Static files are served from the build's own list in every environment, published or not.
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "TwinHub.Web.staticwebassets.runtime.json")))
        {
            builder.WebHost.UseStaticWebAssets();
            // As compressed and as long-lived as published ones: the build's default is to read and send them anew each time.
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
            builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = "true";
        }
        builder.Configuration.AddEnvironmentVariables("TwinHub__").AddCommandLine(arguments.Settings);
        // The console alone: every further kind of log keeps scopes in memory for each connection.
        builder.Logging.ClearProviders().AddConsole();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = new(100, TimeSpan.FromSeconds(10));
        });
        return builder;
    }

    /// <summary>Settings and views lie beside the program.</summary>
    private static string ContentRoot() => AppContext.BaseDirectory;

    private static async Task<HubDatabase> OpenDatabase(WebApplicationBuilder builder, HubSettings settings, HubArguments arguments, CancellationToken cancel)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        return await HubDatabase.Open(settings, arguments.DataDirectory, loggers, cancel);
    }

    /// <summary>Migrates, marks a new installation, decides whether this is a demo and loads it where the database is new.</summary>
    private static async Task<DemoMode> Prepare(HubDatabase database, HubArguments arguments, HubSettings settings, Binding binding, CancellationToken cancel)
    {
        await new Migrator(database.Source, TimeProvider.System).Run(cancel);
        var wanted = DemoMode.Wanted(arguments, settings, binding);
        var (marked, created) = await new InstallationService(database.Source, TimeProvider.System).Mark(wanted, cancel);
        var demo = DemoMode.Decide(arguments, settings, wanted, marked);
        if (demo.On && created)
        {
            await HubServices.LoadDemo(database, settings, cancel);
        }
        return demo;
    }

    private static void Finish(HubSettings settings, HubArguments arguments, Binding binding, DemoMode demo)
    {
        settings.SignIn.BaseUrl = settings.PublicUrl ?? binding.Url;
        settings.Mail.Mode = settings.Mail.Mode.Length > 0 ? settings.Mail.Mode : demo.On ? "Mailbox" : "Folder";
        if (demo.On && settings.Mail is { Mode: "Smtp", IsLoopback: false })
        {
            throw new CommandException("Mail:Host is this machine in a demo: no mail of invented people leaves it.");
        }
        settings.Mail.Folder = settings.Mail.Folder.Length > 0 ? settings.Mail.Folder : Path.Combine(arguments.DataDirectory, "mail");
    }
}
