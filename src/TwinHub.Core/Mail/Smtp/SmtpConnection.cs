namespace TwinHub.Core.Mail.Smtp;

/// <summary>How far a mail has come on its connection.</summary>
public enum SmtpPhase
{
    /// <summary>Nothing of the mail itself has left: it can start again anywhere.</summary>
    Envelope,

    /// <summary>Its bytes are leaving; without the final dot the server throws them away (RFC 5321, 4.1.1.4).</summary>
    Content,

    /// <summary>The final dot has left and the answer is not here: nobody knows.</summary>
    InDoubt,
}

/// <summary>A conversation with a mail server that carries one mail after another.</summary>
public sealed class SmtpConnection : IAsyncDisposable
{
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);
    private static readonly byte[] End = ".\r\n"u8.ToArray();

    private readonly SmtpLine _line;
    private readonly SmtpExtensions _extensions;
    private readonly TimeSpan _limit;
    private readonly TimeSpan _dataLimit;

    private SmtpConnection(SmtpLine line, SmtpExtensions extensions, MailOptions options) =>
        (_line, _extensions, _limit, _dataLimit) = (line, extensions, options.CommandTimeout, options.DataTimeout);

    /// <summary>How far the mail under way has come.</summary>
    public SmtpPhase Phase { get; private set; }

    /// <summary>Mails that were tried on this connection.</summary>
    public int Mails { get; private set; }

    /// <summary>Fit for no other mail.</summary>
    public bool IsSpent { get; private set; }

    /// <exception cref="SmtpFault">No connection on which mails can be sent.</exception>
    public static async Task<SmtpConnection> Open(MailOptions options, CancellationToken cancel)
    {
        var (line, extensions) = await new SmtpOpening(options).Run(cancel);
        return new(line, extensions, options);
    }

    /// <summary>Sends one mail.</summary>
    /// <exception cref="SmtpFault">The connection is gone; <see cref="Phase"/> says what that means for the mail.</exception>
    public async Task<Delivery> Send(OutgoingMail mail, CancellationToken cancel)
    {
        Phase = SmtpPhase.Envelope;
        var (envelope, refusal) = SmtpEnvelope.Make(mail, _extensions);
        if (envelope is null)
        {
            return refusal!;
        }
        Mails++;
        var answers = _extensions.Offers("PIPELINING") ? await AllAtOnce(envelope, cancel) : await OneByOne(envelope, cancel);
        if (answers.FindIndex(answer => !answer.Good) is >= 0 and var at)
        {
            return await GiveUp(answers[at].Step, answers[at].Reply, answers[^1].Reply.Code == 354, cancel);
        }
        return await Content(mail, cancel);
    }

    /// <summary>Does the server still answer? Asked after a pause.</summary>
    public async Task<bool> Answers(CancellationToken cancel)
    {
        try
        {
            return !_line.HasNews && (await Say("NOOP", _limit, cancel)).IsGood;
        }
        catch (SmtpFault)
        {
            return false;
        }
    }

    /// <summary>The server has hung up, or said something unasked, which is how it announces that it will.</summary>
    public bool IsDead => _line.HasNews;

    /// <summary>Says goodbye and hangs up.</summary>
    public async Task Quit(CancellationToken cancel)
    {
        try
        {
            await Say("QUIT", QuitTimeout, cancel);
        }
        catch (Exception fault) when (fault is SmtpFault or OperationCanceledException)
        {
            // Whoever does not answer a goodbye has gone already.
        }
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    /// <summary>Sender, recipient and DATA in one packet (RFC 2920).</summary>
    private async Task<List<Answer>> AllAtOnce(SmtpEnvelope envelope, CancellationToken cancel)
    {
        _line.Add(envelope.From);
        _line.Add(envelope.To);
        _line.Add("DATA");
        await _line.Flush(_limit, cancel);
        var answers = new List<Answer>();
        for (var step = SmtpStep.Sender; step <= SmtpStep.Data; step++)
        {
            answers.Add(new(step, await _line.Read(Verb(step), _limit, cancel)));
            if (answers[^1].Reply.IsClosing)
            {
                break;
            }
        }
        return answers;
    }

    private async Task<List<Answer>> OneByOne(SmtpEnvelope envelope, CancellationToken cancel)
    {
        var answers = new List<Answer>();
        string[] commands = [envelope.From, envelope.To, "DATA"];
        for (var step = SmtpStep.Sender; step <= SmtpStep.Data && answers.TrueForAll(answer => answer.Good); step++)
        {
            answers.Add(new(step, await Say(commands[(int)step], _limit, cancel)));
        }
        return answers;
    }

    private async Task<Delivery> Content(OutgoingMail mail, CancellationToken cancel)
    {
        Phase = SmtpPhase.Content;
        await SmtpContent.Write(_line, mail.Content, _limit, cancel);
        await _line.Write(End, _limit, cancel);
        Phase = SmtpPhase.InDoubt;
        await _line.Flush(_limit, cancel);
        var reply = await _line.Read("the mail", _dataLimit, cancel);
        Phase = SmtpPhase.Content;
        return reply.IsGood ? new("sent", reply.ToString()) : SmtpVerdict.Of(SmtpStep.Content, reply);
    }

    /// <summary>Leaves the connection as if the refused mail had never been. Whatever becomes of that, the refusal stands.</summary>
    private async Task<Delivery> GiveUp(SmtpStep step, SmtpReply reply, bool awaitsContent, CancellationToken cancel)
    {
        var delivery = SmtpVerdict.Of(step, reply);
        try
        {
            if (awaitsContent)
            {
                // A server that says 354 without a recipient waits for content: it gets none (RFC 2920, 3.1).
                await Say(".", _limit, cancel);
            }
            IsSpent = !(await Say("RSET", _limit, cancel)).IsGood;
        }
        catch (Exception fault) when (fault is SmtpFault or OperationCanceledException)
        {
            IsSpent = true;
        }
        return delivery;
    }

    private async Task<SmtpReply> Say(string command, TimeSpan limit, CancellationToken cancel)
    {
        _line.Add(command);
        await _line.Flush(limit, cancel);
        return await _line.Read(command.Split(' ', ':')[0], limit, cancel);
    }

    private static string Verb(SmtpStep step) => step switch { SmtpStep.Sender => "MAIL", SmtpStep.Recipient => "RCPT", _ => "DATA" };

    private sealed record Answer(SmtpStep Step, SmtpReply Reply)
    {
        public bool Good => Step == SmtpStep.Data ? Reply.Code == 354 : Reply.IsGood;
    }
}
