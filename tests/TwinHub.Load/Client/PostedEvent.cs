using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TwinHub.Load.Client;

/// <summary>The fields of a <c>MessagePosted</c> record the bench looks at, read in place.</summary>
public readonly ref struct PostedEvent
{
    private const int Digits = 19;

    /// <summary>The message's number in its channel.</summary>
    public long Revision { get; private init; }

    /// <summary>The message's id, as written.</summary>
    public ReadOnlySpan<byte> MessageId { get; private init; }

    /// <summary>When the post was due by the schedule, in timestamps of the generator's clock.</summary>
    public long Due { get; private init; }

    /// <summary>Reads a record; false where it is not one of this bench's messages.</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, out PostedEvent posted)
    {
        posted = default;
        if (!Skip(ref record, "\"revision\":"u8) || !Utf8Parser.TryParse(record, out long revision, out _)
            || !Skip(ref record, "\"messageId\":\""u8) || record.IndexOf((byte)'"') is not (> 0 and var idLength))
        {
            return false;
        }

        var messageId = record[..idLength];
        if (!Skip(ref record, "\"body\":\"At "u8) || record.Length < Digits || !Utf8Parser.TryParse(record[..Digits], out long due, out _))
        {
            return false;
        }

        posted = new PostedEvent { Revision = revision, MessageId = messageId, Due = due };
        return true;
    }

    /// <summary>A body of 160 bytes that carries when it was due and that Markdown and JSON leave as it is.</summary>
    public static byte[] Body(long due) => Encoding.ASCII.GetBytes(
        "At " + due.ToString("D19", CultureInfo.InvariantCulture)
        + " the two water departments compared their leak surveys and agreed to repeat the night readings in both districts before the visit in spring");

    private static bool Skip(ref ReadOnlySpan<byte> record, ReadOnlySpan<byte> name)
    {
        var at = record.IndexOf(name);
        record = at < 0 ? record : record[(at + name.Length)..];
        return at >= 0;
    }
}
