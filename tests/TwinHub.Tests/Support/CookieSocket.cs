using System.Net.WebSockets;
using System.Text;

namespace TwinHub.Tests.Support;

/// <summary>A live connection opened as a browser opens it: by cookie and Origin, without negotiation.</summary>
public sealed class CookieSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    /// <summary>Ends when the server closes the connection.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    /// <exception cref="WebSocketException">The server refused; the message names the status.</exception>
    public static async Task<CookieSocket> Connect(TestHub hub, string cookie, string? origin = null)
    {
        var one = new CookieSocket();
        one._socket.Options.SetRequestHeader("Cookie", cookie);
        one._socket.Options.SetRequestHeader("Origin", origin ?? hub.Url.GetLeftPart(UriPartial.Authority));
        await one._socket.ConnectAsync(new Uri($"ws://{hub.Url.Authority}/hubs/twinning"), CancellationToken.None);
        await one._socket.SendAsync(Encoding.UTF8.GetBytes("""{"protocol":"json","version":1}""" + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);
        await one._socket.ReceiveAsync(new byte[4096], CancellationToken.None);
        one.Closed = one.ReadToTheEnd();
        return one;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadToTheEnd()
    {
        var buffer = new byte[4096];
        try
        {
            while ((await _socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut off rather than closed: ended all the same.
        }
    }
}
