namespace TwinHub.Core.Mail.Smtp;

/// <summary>Sends a mail's bytes as they are: only a dot that begins a line is doubled (RFC 5321, 4.5.2).</summary>
public static class SmtpContent
{
    private static readonly byte[] Dot = "."u8.ToArray();
    private static readonly byte[] Break = "\r\n"u8.ToArray();

    /// <summary>All of it but the dot that ends it.</summary>
    public static async Task Write(SmtpLine line, ReadOnlyMemory<byte> content, TimeSpan limit, CancellationToken cancel)
    {
        var endsLine = content.Span.EndsWith("\r\n"u8);
        if (content.Span.StartsWith("."u8))
        {
            await line.Write(Dot, limit, cancel);
        }
        while (content.Span.IndexOf("\r\n."u8) is >= 0 and var at)
        {
            await line.Write(content[..(at + 2)], limit, cancel);
            await line.Write(Dot, limit, cancel);
            content = content[(at + 2)..];
        }
        await line.Write(content, limit, cancel);
        if (!endsLine)
        {
            await line.Write(Break, limit, cancel);
        }
    }
}
