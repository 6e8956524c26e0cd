namespace TwinHub.Core.People;

/// <summary>A link in a mail to a person about something else than an invitation: only its hash is kept, and the purpose is in it.</summary>
public sealed class PersonLink
{
    private PersonLink() { }

    public PersonLink(byte[] hash, Guid personId, string purpose, Guid? subjectId, string? kind, DateTimeOffset now) =>
        (Hash, PersonId, Purpose, SubjectId, Kind, CreatedAt) = (hash, personId, purpose, subjectId, kind, now);

    public byte[] Hash { get; private set; } = [];
    public Guid PersonId { get; private set; }

    /// <summary>One of <see cref="Secret"/>'s: <c>register</c>, <c>alive</c>, <c>unsubscribe</c>.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>The update or group it is about.</summary>
    public Guid? SubjectId { get; private set; }

    /// <summary>The kind of mail it stops.</summary>
    public string? Kind { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
}
