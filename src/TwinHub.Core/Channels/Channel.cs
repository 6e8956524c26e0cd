namespace TwinHub.Core.Channels;

/// <summary>A group's place to talk. Every change in it takes the next number of one gapless sequence.</summary>
public sealed class Channel
{
    private Channel() { }

    public Channel(Guid groupId, string name) => (Id, GroupId, Name) = (Guid.CreateVersion7(), groupId, name);

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public string Name { get; private set; } = "";
    public long Revision { get; private set; }
}

/// <summary>Something said in a channel.</summary>
public sealed class Message
{
    private Message() { }

    public Guid Id { get; private set; }
    public Guid ChannelId { get; private set; }
    public Guid AuthorId { get; private set; }

    /// <summary>The organisation the author answered for when it was written.</summary>
    public Guid? OrganisationId { get; private set; }

    public Guid ClientMessageId { get; private set; }

    /// <summary>The channel's number when it was posted: its place for ever.</summary>
    public long Posted { get; private set; }

    /// <summary>The channel's number at its last change.</summary>
    public long Revision { get; private set; }

    /// <summary>Markdown as written; at most <see cref="HubLimits.Message"/> UTF-16 units.</summary>
    public string Body { get; private set; } = "";

    public DateTimeOffset SentAt { get; private set; }
    public DateTimeOffset? EditedAt { get; private set; }
    public bool Deleted { get; private set; }

    /// <summary>How many files it carries.</summary>
    public short Attachments { get; private set; }
}

/// <summary>How far a person has read a channel.</summary>
public sealed class ReadPosition
{
    private ReadPosition() { }

    public Guid ChannelId { get; private set; }
    public Guid PersonId { get; private set; }
    public long Revision { get; private set; }
}
