namespace TwinHub.Core.Documents.Uploads;

/// <summary>A file that is being sent, piece by piece, and may be taken up again after a cut.</summary>
public sealed class Upload
{
    private Upload() { }

    /// <param name="id">Of a file that may be sent twice by one form; null: a new one.</param>
    public Upload(Guid groupId, Guid person, string name, long size, DateTimeOffset now, TimeSpan life, Guid? id = null) =>
        (Id, GroupId, PersonId, Name, Size, CreatedAt, ExpiresAt) = (id ?? Guid.CreateVersion7(), groupId, person, name, size, now, now + life);

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public Guid PersonId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Bytes it will have.</summary>
    public long Size { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The document or attachment it became.</summary>
    public Guid? ResultId { get; private set; }

    public void Finish(Guid result, DateTimeOffset now) => (ResultId, FinishedAt) = (result, now);
}
