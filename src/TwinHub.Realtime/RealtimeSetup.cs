using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TwinHub.Core.Channels;

namespace TwinHub.Realtime;

/// <summary>Section <c>Line</c> of the configuration: the connection between a browser and the hub.</summary>
public sealed record LineOptions
{
    /// <summary>After how long without a sound a browser takes the line for dead; from one second to a minute. The hub is twice as patient.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often each side says that it lives.</summary>
    public TimeSpan Ping => Silence / 3;
}

/// <summary>Registers the live side.</summary>
public static class RealtimeSetup
{
    public const string HubPath = "/hubs/twinning";

    /// <summary>Bytes a client may send at once: past it the connection closes.</summary>
    public const int ReceiveLimit = 256 * 1024;

    public static IServiceCollection AddRealtime(this IServiceCollection services, ListenerOptions listener, PresenceOptions presence, LineOptions line)
    {
        services.AddSingleton(listener).AddSingleton(presence).AddSingleton(line);
        services.AddSingleton<Pace>().AddSingleton<Rooms>().AddSingleton<SmallEvents>().AddSingleton<Revocations>().AddSingleton<LiveCatchUp>().AddSingleton<InstallationReader>().AddSingleton<LiveRooms>();
        services.AddSingleton<HubLifetimeManager<TwinningHub>, TwinningLifetime>();
        AddRunning<ConnectionGuard>(services);
        AddRunning<Dispatcher>(services);
        AddRunning<PresenceBoard>(services);
        AddRunning<RoomBoard>(services);
        AddRunning<LiveEventListener>(services);
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = ReceiveLimit;
            options.MaximumParallelInvocationsPerClient = 4;
            options.KeepAliveInterval = line.Ping;
            options.ClientTimeoutInterval = 2 * line.Silence;
            options.EnableDetailedErrors = false;
            options.AddFilter<CallRate>();
            options.AddFilter<FaultFilter>();
            options.AddFilter<RoomSessionFilter>();
        }).AddJsonProtocol(options => options.PayloadSerializerOptions.Converters.Add(new MessageEventConverter()));
        Decorate(services);
        return services;
    }

    public static void MapRealtime(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints)
    {
        // It only hears and is asked for by nobody, so it must be made here.
        endpoints.ServiceProvider.GetRequiredService<SmallEvents>();
        endpoints.MapHub<TwinningHub>(HubPath, options => options.ApplicationMaxBufferSize = ReceiveLimit + 1024);
    }

    private static void AddRunning<T>(IServiceCollection services) where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    /// <summary>Puts the lenient protocol in the place of SignalR's JSON protocol.</summary>
    private static void Decorate(IServiceCollection services)
    {
        var json = services.First(service => service.ServiceType == typeof(IHubProtocol) && service.ImplementationType == typeof(JsonHubProtocol));
        services.Remove(json);
        services.AddSingleton<IHubProtocol>(provider => new LenientProtocol(new JsonHubProtocol(provider.GetRequiredService<IOptions<JsonHubProtocolOptions>>())));
    }
}
