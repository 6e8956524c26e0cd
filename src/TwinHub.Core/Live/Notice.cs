using Npgsql;

namespace TwinHub.Core.Live;

/// <summary>
/// A fact that left with its transaction: one NOTIFY on one database channel, "kind rest". It carries names and numbers
/// only; whoever needs more reads it. PostgreSQL's limit is 8,000 bytes; notices are cut at <see cref="MaxBytes"/>.
/// </summary>
public sealed record Notice(string Kind, string Rest)
{
    public const string DatabaseChannel = "twinhub";
    public const int MaxBytes = 7_000;

    /// <summary><c>node batch channel:from-to …</c>: revisions that were committed.</summary>
    public const string Messages = "messages";

    /// <summary><c>channel:revision person reason slug</c>: from this revision on the person receives nothing of this channel and its group.</summary>
    public const string Evicted = "evicted";

    /// <summary><c>person</c>: what this person may read or do has changed.</summary>
    public const string AccessChanged = "access";

    /// <summary><c>person</c>: sessions or tokens ended; connections opened with them must close.</summary>
    public const string CredentialsEnded = "credentials";

    /// <summary><c>slug what id</c>: something about a group has changed.</summary>
    public const string GroupChanged = "group";

    /// <summary><c>webinar what</c>: something about a webinar has changed.</summary>
    public const string WebinarChanged = "webinar";

    /// <summary><c>channel person revision unread</c>: a person has read on another device.</summary>
    public const string ReadMoved = "read";

    /// <summary><c>channel person name</c>: a person is writing.</summary>
    public const string Typing = "typing";

    /// <summary><c>person …</c>: these people came or went.</summary>
    public const string Presence = "presence";

    /// <summary>A mail was queued.</summary>
    public const string MailQueued = "mail";

    /// <summary>Bytes were stored of which nothing has been read yet.</summary>
    public const string ContentArrived = "content";

    /// <summary>A document has changed that the discussion is to be told of.</summary>
    public const string DocumentNews = "documents";

    /// <summary>A mail came in.</summary>
    public const string MailArrived = "inbound";

    /// <summary>Somebody asked for a sign-in link.</summary>
    public const string SignInAsked = "sign-in";

    /// <summary><c>ticks</c>: how far the demo's clock runs ahead now (100 ns).</summary>
    public const string ClockMoved = "clock";

    /// <summary>Posting is no longer limited here (bench-data).</summary>
    public const string LimitsLifted = "limits";

    /// <summary><c>node</c>: a listener hears itself.</summary>
    public const string Beat = "beat";

    public static Notice Parse(string payload)
    {
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? new(payload, "") : new(payload[..space], payload[(space + 1)..]);
    }

    public string[] Words => Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => Rest.Length == 0 ? Kind : $"{Kind} {Rest}";
}

/// <summary>Writes notices in the transaction of their cause.</summary>
public static class LiveNotifier
{
    /// <summary>A command that tells all nodes at commit; run it on the connection (and transaction) of the change.</summary>
    public static NpgsqlBatchCommand Command(Notice notice) => new("select pg_notify($1, $2)")
    {
        Parameters = { new() { Value = Notice.DatabaseChannel }, new() { Value = notice.ToString() } },
    };

    /// <summary>Tells all nodes, outside any other change.</summary>
    public static async Task Notify(this NpgsqlDataSource source, Notice notice, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(notice));
        await batch.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>Hands each notice the listener hears to whoever asked for its kind, in commit order, inside this process.</summary>
public sealed class LiveFeed
{
    private readonly Dictionary<string, List<Action<Notice>>> _hearers = [];

    /// <summary>Called at start only. The action must be quick and must not throw.</summary>
    public void On(string kind, Action<Notice> hearer)
    {
        if (!_hearers.TryGetValue(kind, out var list))
        {
            _hearers[kind] = list = [];
        }
        list.Add(hearer);
    }

    public void Tell(Notice notice)
    {
        foreach (var hearer in _hearers.GetValueOrDefault(notice.Kind, []))
        {
            hearer(notice);
        }
    }
}
