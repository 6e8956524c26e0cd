using System.Text;

namespace TwinHub.Core.Mail.Smtp;

/// <summary>Signs in at a mail server: AUTH PLAIN (RFC 4616), else LOGIN (RFC 4954).</summary>
public static class SmtpSignIn
{
    /// <exception cref="SmtpFault">Setting: the server does not take name and password, or offers no way to show them. Busy: not now.</exception>
    public static async Task Run(SmtpLine line, SmtpExtensions extensions, MailOptions options, CancellationToken cancel)
    {
        SmtpReply reply;
        if (extensions.OffersSignIn("PLAIN"))
        {
            reply = await Say(line, "AUTH PLAIN " + Base64($"\0{options.User}\0{options.Password}"), options, cancel);
        }
        else if (extensions.OffersSignIn("LOGIN"))
        {
            reply = await Login(line, options, cancel);
        }
        else
        {
            throw new SmtpFault(SmtpTrouble.Setting, "The mail server offers neither AUTH PLAIN nor LOGIN (Mail:User, Mail:Security)");
        }
        if (!reply.IsGood)
        {
            throw reply.IsLater
                ? new SmtpFault(SmtpTrouble.Busy, reply.ToString())
                : new SmtpFault(SmtpTrouble.Setting, $"The mail server does not accept the sign-in (Mail:User, Mail:Password): {reply.Short}");
        }
    }

    private static async Task<SmtpReply> Login(SmtpLine line, MailOptions options, CancellationToken cancel)
    {
        var reply = await Say(line, "AUTH LOGIN", options, cancel);
        foreach (var secret in new[] { options.User, options.Password })
        {
            reply = reply.Code == 334 ? await Say(line, Base64(secret), options, cancel) : reply;
        }
        return reply;
    }

    private static async Task<SmtpReply> Say(SmtpLine line, string command, MailOptions options, CancellationToken cancel)
    {
        line.Add(command);
        await line.Flush(options.CommandTimeout, cancel);
        return await line.Read("AUTH", options.CommandTimeout, cancel);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
