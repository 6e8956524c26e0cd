using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using TwinHub.Core.Mail;
using TwinHub.Core.Mail.Smtp;
using TwinHub.Tests.Support;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>The hub's transport before a scripted server, with short patience.</summary>
public sealed class SmtpClient : IAsyncDisposable
{
    public const string Recipient = "rana.khoury@tripoli.example.org";

    private readonly Journal _journal = new();
    private readonly SmtpTransport _transport;

    public SmtpClient(ScriptedSmtp server, Func<MailOptions, MailOptions>? change = null)
    {
        Options = (change ?? (options => options))(Patience(new() { Host = "localhost", Port = server.Port, Security = MailOptions.None, From = "hub@example.org" }));
        _transport = new(Options, TimeProvider.System, _journal);
    }

    public MailOptions Options { get; }

    /// <summary>What the administrator reads in the log.</summary>
    public IReadOnlyCollection<string> Logged => _journal.Lines;

    public static MailOptions Patience(MailOptions options) => options with
    {
        Mode = "Smtp",
        ConnectTimeout = TimeSpan.FromSeconds(5),
        GreetingTimeout = TimeSpan.FromSeconds(5),
        CommandTimeout = TimeSpan.FromSeconds(5),
        DataTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>For servers that fall silent: gives up after 0.3 s.</summary>
    public static MailOptions Hasty(MailOptions options) => options with
    {
        GreetingTimeout = TimeSpan.FromMilliseconds(300),
        CommandTimeout = TimeSpan.FromMilliseconds(300),
        DataTimeout = TimeSpan.FromMilliseconds(300),
    };

    public static OutgoingMail Mail(string recipient = Recipient, string content = "Subject: Twinning\r\n\r\nHello\r\n", string sender = "rsvp+k3@example.org") =>
        new(Guid.CreateVersion7(), "<one@example.org>", sender, recipient, null, Encoding.UTF8.GetBytes(content), 1);

    public Task<Delivery> Send(OutgoingMail? mail = null) => _transport.Send(mail ?? Mail(), Xunit.TestContext.Current.CancellationToken);

    /// <summary>As the delivery does when the hub is asked to stop.</summary>
    public Task<Delivery> SendUntil(OutgoingMail mail, CancellationToken cancel) => _transport.Send(mail, cancel);

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private sealed class Journal : ILogger<SmtpTransport>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
            }
        }
    }
}
