using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace TwinHub.Realtime;

/// <summary>
/// SignalR's JSON protocol, but a record that cannot be understood (arguments that do not fit, an unknown method, broken
/// JSON) is no fault of the server and does not end the connection: it reaches <see cref="TwinningHub.Malformed"/>, which
/// answers <c>invalid</c>.
/// </summary>
public sealed class LenientProtocol(JsonHubProtocol inner) : IHubProtocol
{
    private static readonly HashSet<string> Methods = new(
        typeof(TwinningHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method).Select(method => method.Name), StringComparer.OrdinalIgnoreCase);

    public string Name => inner.Name;
    public int Version => inner.Version;
    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var whole = input;
        try
        {
            while (!inner.TryParseMessage(ref input, binder, out message))
            {
                if (input.Length == whole.Length)
                {
                    return false;
                }
                // A kind of record of a later version: left out, or everything behind it would wait for ever.
                whole = input;
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            // The record was taken from the input before it was read.
            message = Malformed(InvocationId(whole.Slice(0, input.Start)));
        }
        message = message switch
        {
            InvocationBindingFailureMessage failure => Malformed(failure.InvocationId),
            InvocationMessage call when !Methods.Contains(call.Target) => Malformed(call.InvocationId),
            _ => message,
        };
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);
    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    private static InvocationMessage Malformed(string? invocationId) => new(invocationId, nameof(TwinningHub.Malformed), []);

    /// <summary>The id of a broken call, where it can be read before the break; without one nobody can be answered.</summary>
    private static string? InvocationId(ReadOnlySequence<byte> record)
    {
        try
        {
            var reader = new Utf8JsonReader(record);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("invocationId"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Broken before the id: whoever sent it cannot be told which call it was.
        }
        return null;
    }
}
