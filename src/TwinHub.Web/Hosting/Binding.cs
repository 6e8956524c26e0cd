using System.Net;
using System.Net.Sockets;

namespace TwinHub.Web.Hosting;

/// <summary>Where the server listens: loopback unless <c>urls</c> says otherwise.</summary>
public sealed record Binding(string Url, bool IsLoopback)
{
    public static Binding Choose(WebApplicationBuilder builder, HubArguments arguments)
    {
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new CommandException("Kestrel:Endpoints is not for TwinHub: say with urls where to listen.");
        }
        if (builder.Configuration["urls"] is { Length: > 0 } urls)
        {
            var places = urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Place).ToList();
            places.ForEach(place => Addresses(place.Host).ToList().ForEach(address => RequireFree(address, place.Port)));
            return new(places[0].ToString(), places.All(place => Addresses(place.Host).All(IPAddress.IsLoopback)));
        }
        var port = arguments.Number("port", 0, 65_535) ?? HubHost.DefaultPort;
        Addresses("localhost").ToList().ForEach(address => RequireFree(address, port));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
        return new($"http://localhost:{port}", true);
    }

    /// <summary>Plain http beyond this machine needs a proxy that speaks https for it (security.md, Decided).</summary>
    /// <exception cref="CommandException">It would serve people's cookies in the clear.</exception>
    public void Check(HubSettings settings)
    {
        if (!IsLoopback && (settings.PublicUrl is null || settings.Proxies.Count == 0))
        {
            throw new CommandException("Listening beyond this machine needs an https proxy in front: set PublicUrl and Proxies.");
        }
    }

    private static BindingAddress Place(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new CommandException($"urls: {url} is no address such as http://127.0.0.1:5080.");
        }
    }

    /// <summary>Where a host listens: a name that is neither localhost nor an address is the server's word for everywhere.</summary>
    private static IEnumerable<IPAddress> Addresses(string host) =>
        host == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address] : [IPAddress.Any];

    /// <summary>Looks before anything is started, so that a taken port is one line and not a half-started hub.</summary>
    private static void RequireFree(IPAddress address, int port)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            probe.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new CommandException($"Port {port} on this machine is taken; choose another with --port.");
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new CommandException($"Port {port} is kept for the administrator of this machine; choose one above 1023 with --port.");
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // This machine has no such address, as where IPv6 is switched off: the server decides what it makes of that.
        }
    }
}
