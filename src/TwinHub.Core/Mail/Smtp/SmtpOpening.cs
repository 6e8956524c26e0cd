using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace TwinHub.Core.Mail.Smtp;

/// <summary>The opening of a conversation: connect, greeting, EHLO, encryption, sign-in, in this order.</summary>
public sealed class SmtpOpening(MailOptions options)
{
    /// <summary>A line on which mails can be sent, and what the server offers.</summary>
    /// <exception cref="SmtpFault">It did not come to that.</exception>
    public async Task<(SmtpLine Line, SmtpExtensions Extensions)> Run(CancellationToken cancel)
    {
        var line = await Connect(cancel);
        try
        {
            return (line, await Introduce(line, cancel));
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private async Task<SmtpLine> Connect(CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(options.ConnectTimeout);
        try
        {
            await socket.ConnectAsync(options.Host, options.EffectivePort, stop.Token);
            return new(socket);
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            socket.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw new SmtpFault(SmtpTrouble.Line, $"The mail server {options.Host}:{options.EffectivePort} cannot be reached: {fault.Message}", fault);
        }
    }

    private async Task<SmtpExtensions> Introduce(SmtpLine line, CancellationToken cancel)
    {
        if (options.Security == MailOptions.Tls)
        {
            await Encrypt(line, cancel);
        }
        var greeting = await line.Read("the connection", options.GreetingTimeout, cancel);
        if (greeting.Code != 220)
        {
            throw new SmtpFault(SmtpTrouble.Busy, greeting.ToString());
        }
        var extensions = await Hello(line, cancel);
        if (options.Security == MailOptions.StartTls)
        {
            await StartTls(line, extensions, cancel);
            // What was offered before the encryption may have been forged: ask again (RFC 3207, 4.2).
            extensions = await Hello(line, cancel);
        }
        if (options.User.Length > 0)
        {
            await SignIn(line, extensions, cancel);
        }
        return extensions;
    }

    private async Task<SmtpExtensions> Hello(SmtpLine line, CancellationToken cancel)
    {
        var reply = await Say(line, "EHLO", line.OwnName, cancel);
        if (reply.IsGood)
        {
            return new(reply.Lines);
        }
        if (!reply.IsLater)
        {
            reply = await Say(line, "HELO", line.OwnName, cancel);
        }
        return reply.IsGood ? SmtpExtensions.None : throw new SmtpFault(SmtpTrouble.Busy, reply.ToString());
    }

    private async Task StartTls(SmtpLine line, SmtpExtensions extensions, CancellationToken cancel)
    {
        if (!extensions.Offers("STARTTLS"))
        {
            throw new SmtpFault(SmtpTrouble.Setting, "The mail server does not offer STARTTLS, and nothing is sent in the clear (Mail:Security)");
        }
        var reply = await Say(line, "STARTTLS", "", cancel);
        if (!reply.IsGood)
        {
            throw new SmtpFault(SmtpTrouble.Busy, reply.ToString());
        }
        await Encrypt(line, cancel);
    }

    private Task SignIn(SmtpLine line, SmtpExtensions extensions, CancellationToken cancel) =>
        line.IsEncrypted || line.IsLoopback
            ? SmtpSignIn.Run(line, extensions, options, cancel)
            : throw new SmtpFault(SmtpTrouble.Setting, "A password is never sent in the clear beyond this machine (Mail:Security)");

    private async Task<SmtpReply> Say(SmtpLine line, string verb, string argument, CancellationToken cancel)
    {
        line.Add(argument.Length > 0 ? $"{verb} {argument}" : verb);
        await line.Flush(options.CommandTimeout, cancel);
        return await line.Read(verb, options.CommandTimeout, cancel);
    }

    private Task Encrypt(SmtpLine line, CancellationToken cancel)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = options.Host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (options.Authorities.Length > 0)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(options.Authorities);
        }
        return line.Encrypt(tls, options.CommandTimeout, cancel);
    }
}
