namespace TwinHub.Core.People;

/// <summary>A mailed link: works once, for ten minutes; only its hash is kept (ASVS 6.5.1, 6.5.5).</summary>
public sealed class SignInLink
{
    private SignInLink() { }

    public SignInLink(byte[] hash, Guid personId, DateTimeOffset now, TimeSpan life) =>
        (Hash, PersonId, CreatedAt, ExpiresAt) = (hash, personId, now, now + life);

    public byte[] Hash { get; private set; } = [];
    public Guid PersonId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }
}

/// <summary>Somebody asked for a link; answered by a job, so that asking looks the same for every address.</summary>
public sealed class SignInRequest
{
    private SignInRequest() { }

    public SignInRequest(string email, string? address, DateTimeOffset now) =>
        (Id, Email, Address, AskedAt) = (Guid.CreateVersion7(), email, address, now);

    public Guid Id { get; private set; }
    public string Email { get; private set; } = "";
    public string? Address { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public void Answered(DateTimeOffset now) => AnsweredAt = now;
}

/// <summary>A signed-in device; the cookie holds an opaque token of which this row has the hash.</summary>
public sealed class Session
{
    private Session() { }

    public Session(byte[] hash, Guid personId, DateTimeOffset now, TimeSpan life, string device)
    {
        (Id, Hash, PersonId) = (Guid.CreateVersion7(), hash, personId);
        (CreatedAt, LastSeenAt, ExpiresAt, Device) = (now, now, now + life, device);
    }

    public Guid Id { get; private set; }
    public byte[] Hash { get; private set; } = [];
    public Guid PersonId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset LastSeenAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Browser and system in a few words, so that a person recognises it in the list.</summary>
    public string Device { get; private set; } = "";
}

/// <summary>A personal access token for the API and the hub; shown once, kept as a hash.</summary>
public sealed class AccessToken
{
    private AccessToken() { }

    public AccessToken(byte[] hash, Guid personId, string name, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        (Id, Hash, PersonId) = (Guid.CreateVersion7(), hash, personId);
        (Name, CreatedAt, ExpiresAt) = (name, now, expiresAt);
    }

    public Guid Id { get; private set; }
    public byte[] Hash { get; private set; } = [];
    public Guid PersonId { get; private set; }
    public string Name { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }
    public DateTimeOffset? LastUsedAt { get; private set; }
}

/// <summary>Who did what, when and from where; rows are only ever added.</summary>
public sealed class AuditEntry
{
    private AuditEntry() { }

    public AuditEntry(DateTimeOffset at, Guid? actorId, string action, string? subject, string? address) =>
        (At, ActorId, Action, Subject, Address) = (at, actorId, action, subject, address);

    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid? ActorId { get; private set; }
    public string Action { get; private set; } = "";
    public string? Subject { get; private set; }
    public string? Address { get; private set; }
}
