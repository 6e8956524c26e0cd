namespace TwinHub.Load.Client;

/// <summary>Takes one SignalR record, without its terminator; the bytes are valid only during the call.</summary>
public delegate void RecordHandler(ReadOnlySpan<byte> record);

/// <summary>Cuts payloads into SignalR records, which end with 0x1e and may span frames.</summary>
public sealed class RecordReader(RecordHandler take) : IPayloads
{
    private const byte Terminator = 0x1e;
    private byte[] _carry = [];
    private int _carried;

    /// <inheritdoc/>
    public void Received(ReadOnlySpan<byte> payload)
    {
        int length;
        while ((length = payload.IndexOf(Terminator)) >= 0)
        {
            if (_carried == 0)
            {
                take(payload[..length]);
            }
            else
            {
                Carry(payload[..length]);
                take(_carry.AsSpan(0, _carried));
                _carried = 0;
            }

            payload = payload[(length + 1)..];
        }

        Carry(payload);
    }

    private void Carry(ReadOnlySpan<byte> part)
    {
        if (_carried + part.Length > _carry.Length)
        {
            Array.Resize(ref _carry, 2 * (_carried + part.Length));
        }

        part.CopyTo(_carry.AsSpan(_carried));
        _carried += part.Length;
    }
}
