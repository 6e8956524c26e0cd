using System.Collections.Concurrent;
using TwinHub.Core.Mail;

namespace TwinHub.Tests.Support;

/// <summary>The one thing tests replace: a transport that keeps what it was given and answers as it is told.</summary>
public sealed class Postman(Func<OutgoingMail, CancellationToken, Task<Delivery>> answer) : IMailTransport
{
    public Postman(string state) : this((_, _) => Task.FromResult(new Delivery(state, state == "sent" ? null : "the other side's words"))) { }

    public int Connections => 1;

    /// <summary>Every attempt, in order.</summary>
    public ConcurrentQueue<OutgoingMail> Given { get; } = [];

    public Task<Delivery> Send(OutgoingMail mail, CancellationToken cancel)
    {
        Given.Enqueue(mail);
        return answer(mail, cancel);
    }
}
