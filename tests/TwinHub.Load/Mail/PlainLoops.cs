using System.Net.Mail;

namespace TwinHub.Load.Mail;

/// <summary>The yardstick: plain loops around the framework's client, each with a connection of its own, nothing stored.</summary>
public static class PlainLoops
{
    /// <summary>Sends so many mails and waits for the last.</summary>
    public static Task Send(int port, MailBody body, int count, int loops) => Task.WhenAll(Enumerable.Range(0, loops).Select(loop => Task.Factory.StartNew(() =>
    {
        using var client = new SmtpClient("127.0.0.1", port);
        for (var number = loop; number < count; number += loops)
        {
            using var message = body.Message($"person{number}@bench.example.org");
            client.Send(message);
        }
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
}
