using System.Net;
using System.Net.Sockets;

namespace TwinHub.Web.Hosting;

/// <summary>Where the server listens: loopback unless <c>urls</c> says otherwise.</summary>
public sealed record Binding(string Url, bool IsLoopback)
{
    public static Binding Choose(WebApplicationBuilder builder, HubArguments arguments)
    {
        if (builder.Configuration["urls"] is { Length: > 0 } urls)
        {
            return new(urls.Split(';')[0], urls.Split(';').All(IsLoopbackUrl));
        }
        var port = arguments.Number("port", 0, 65_535) ?? HubHost.DefaultPort;
        RequireFree(port);
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

    /// <summary>Looks before anything is started, so that a taken port is one line and not a half-started hub.</summary>
    private static void RequireFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException)
        {
            throw new CommandException($"Port {port} on this machine is taken; choose another with --port.");
        }
    }

    private static bool IsLoopbackUrl(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
