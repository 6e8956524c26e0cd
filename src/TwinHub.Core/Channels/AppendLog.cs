using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TwinHub.Core.Channels;

/// <summary>
/// The node's one writer of messages (architecture, The live path). It drains the posts that wait into one transaction:
/// many posts share one commit, and the channel's row lock, held until commit, makes revisions gapless.
/// </summary>
public sealed class AppendLog(AppendStatement statement, TimeProvider time, ILogger<AppendLog> logger) : BackgroundService
{
    private const int MaxBatch = 1_000;
    private const int MaxWaiting = 20_000;

    /// <summary>Keeps the notice of a batch under <see cref="Live.Notice.MaxBytes"/>.</summary>
    private const int MaxChannels = 80;

    /// <summary>How long a post waits for the database before it is answered <c>unavailable</c>.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long a committed batch may take to come back on the writer's connection before it is read instead.</summary>
    private static readonly TimeSpan Hurry = TimeSpan.FromSeconds(1);

    private readonly Channel<PendingPost> _waiting = System.Threading.Channels.Channel.CreateBounded<PendingPost>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly ConcurrentDictionary<long, TaskCompletionSource<IReadOnlyList<MessageEvent>?>> _batches = new();
    private long _batch;
    private PendingPost? _leftOver;

    /// <summary>Names this process in notices, so that it can take its own messages from memory.</summary>
    public Guid Node { get; } = Guid.CreateVersion7();

    /// <summary>Appends a post and answers when it is durable.</summary>
    public async Task<Outcome<PostedMessage>> Append(PendingPost post, CancellationToken cancel)
    {
        post.GiveUpAt = time.GetUtcNow() + Patience;
        if (!_waiting.Writer.TryWrite(post))
        {
            return Refusal.Unavailable;
        }
        try
        {
            return await post.Answer.Task.WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            return Refusal.Unavailable;
        }
    }

    /// <summary>The messages of a batch of this node, once its notice has come; null when they must be read from the database.</summary>
    public async Task<IReadOnlyList<MessageEvent>?> Take(long batch, CancellationToken cancel)
    {
        if (!_batches.TryRemove(batch, out var rows))
        {
            return null;
        }
        try
        {
            return await rows.Task.WaitAsync(Hurry, time, cancel);
        }
        catch (TimeoutException)
        {
            // The notice came but the writer's own answer is stuck on its connection. Nobody else shall wait for that.
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var posts = new List<PendingPost>(MaxBatch);
        while (_leftOver is not null || await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            Gather(posts);
            await Write(posts, stoppingToken);
            posts.Clear();
        }
    }

    private void Gather(List<PendingPost> posts)
    {
        var channels = new HashSet<Guid>();
        while (posts.Count < MaxBatch && (_leftOver ?? Next()) is { } post)
        {
            _leftOver = null;
            if (!channels.Contains(post.Channel) && channels.Count == MaxChannels)
            {
                _leftOver = post;
                return;
            }
            channels.Add(post.Channel);
            posts.Add(post);
        }
    }

    private PendingPost? Next() => _waiting.Reader.TryRead(out var post) ? post : null;

    private async Task Write(List<PendingPost> posts, CancellationToken stop)
    {
        var number = ++_batch;
        var rows = new TaskCompletionSource<IReadOnlyList<MessageEvent>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _batches[number] = rows;
        _batches.TryRemove(number - 256, out _);
        try
        {
            var answers = await statement.Run(Node, number, posts, stop);
            rows.SetResult([.. answers.Where(answer => answer.Event is not null).Select(answer => answer.Event!)]);
            foreach (var answer in answers)
            {
                answer.Post.Answer.TrySetResult(answer.Outcome);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whether it was committed is unknown. A repeat is harmless: the client's ids drop what is there already.
            rows.SetResult(null);
            await Recover(posts, fault, stop);
        }
    }

    private async Task Recover(List<PendingPost> posts, Exception fault, CancellationToken stop)
    {
        var isData = fault is PostgresException { IsTransient: false, SqlState: ['2', ..] };
        logger.LogWarning("Append of {Count} messages failed: {Fault}", posts.Count, fault.GetType().Name + " " + (fault as PostgresException)?.SqlState);
        if (isData && posts.Count == 1)
        {
            posts[0].Answer.TrySetResult(Refusal.Invalid("body"));
            return;
        }
        if (!isData)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, stop);
        }
        var now = time.GetUtcNow();
        var alive = posts.Where(post => post.GiveUpAt > now && !post.Answer.Task.IsCompleted).ToList();
        foreach (var group in isData ? alive.Select(post => new List<PendingPost> { post }) : alive.Count > 0 ? [alive] : [])
        {
            await Write(group, stop);
        }
    }
}

/// <summary>A checked post that waits to be written.</summary>
public sealed class PendingPost(Guid channel, Guid author, Guid clientMessageId, string body, string html, IReadOnlyList<Guid>? attachments = null)
{
    public Guid Channel { get; } = channel;
    public Guid Author { get; } = author;
    public Guid ClientMessageId { get; } = clientMessageId;
    public string Body { get; } = body;
    public string Html { get; } = html;

    /// <summary>Files it takes along, in order; of most posts none.</summary>
    public IReadOnlyList<Guid> Attachments { get; } = attachments ?? [];

    public Guid Id { get; } = Guid.CreateVersion7();
    public DateTimeOffset GiveUpAt { get; set; }
    public TaskCompletionSource<Outcome<PostedMessage>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
