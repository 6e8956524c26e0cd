using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TwinHub.Tests.Support;

/// <summary>A WebSocket to the hub that sends whatever it is given, for those who do not keep to the protocol, and any header, for those who come from elsewhere.</summary>
public sealed class RawSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonElement> _received = new();

    /// <summary>What the server answered to the request to open.</summary>
    public HttpStatusCode Status => _socket.HttpStatusCode;

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>Asks to open; whether it was allowed, <see cref="IsOpen"/> and <see cref="Status"/> say.</summary>
    public static async Task<RawSocket> Ask(Uri hub, string query = "", params (string Name, string Value)[] headers)
    {
        var raw = new RawSocket();
        raw._socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            raw._socket.Options.SetRequestHeader(name, value);
        }
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await raw._socket.ConnectAsync(new Uri($"ws://{hub.Authority}/hubs/twinning{query}"), deadline.Token);
        }
        catch (WebSocketException) when (raw._socket.HttpStatusCode != 0)
        {
            // Refused: the caller looks at the status.
        }
        return raw;
    }

    /// <summary>An open connection that has shaken hands.</summary>
    public static async Task<RawSocket> Connect(Uri hub, string token)
    {
        var raw = await Ask(hub, $"?access_token={token}");
        await raw.Send("""{"protocol":"json","version":1}""");
        await raw.Next(record => !record.TryGetProperty("type", out _));
        return raw;
    }

    /// <summary>Sends one record.</summary>
    public async Task Send(string record)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, true, deadline.Token);
    }

    /// <summary>The code with which a call is refused.</summary>
    public async Task<string> Refusal(string invocationId)
    {
        var answer = await Next(record => record.TryGetProperty("invocationId", out var id) && id.GetString() == invocationId);
        return new LiveException(answer.GetProperty("error").GetString()!).Code;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonElement> Next(Func<JsonElement, bool> fits)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            while (_received.TryDequeue(out var record))
            {
                if (fits(record))
                {
                    return record;
                }
            }
            await Receive(deadline.Token);
        }
    }

    private async Task Receive(CancellationToken cancel)
    {
        var (buffer, text) = (new byte[16 * 1024], new MemoryStream());
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(buffer, cancel);
            text.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        foreach (var record in Encoding.UTF8.GetString(text.ToArray()).Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
        {
            _received.Enqueue(JsonDocument.Parse(record).RootElement);
        }
        if (received.MessageType == WebSocketMessageType.Close)
        {
            throw new LiveException("closed");
        }
    }
}
