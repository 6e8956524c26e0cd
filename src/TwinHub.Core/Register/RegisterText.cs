namespace TwinHub.Core.Register;

/// <summary>What a group says of itself in a field of its register entry that no record fills, such as the arrangement.</summary>
public sealed class RegisterText
{
    private RegisterText() { }

    public RegisterText(Guid groupId, string field, string text, Guid personId, DateTimeOffset now)
    {
        (GroupId, Field) = (groupId, field);
        Write(text, personId, now);
    }

    public Guid GroupId { get; private set; }

    /// <summary>One of the network's <see cref="Networks.NetworkTemplate.RegisterFields"/>.</summary>
    public string Field { get; private set; } = "";
    public string Text { get; private set; } = "";
    public Guid PersonId { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    public void Write(string text, Guid person, DateTimeOffset now) => (Text, PersonId, ChangedAt) = (text, person, now);
}
