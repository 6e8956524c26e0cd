namespace TwinHub.Core.Networks;

/// <summary>The frame a facilitator runs: its members, its words and its groups (domain, section 2).</summary>
public sealed class Network
{
    private Network() { }

    public Network(string slug, string template, string tag, LocalizedText names, string timeZone, DateTimeOffset now)
    {
        (Id, Slug, Template, Tag) = (Guid.CreateVersion7(), slug, template, tag);
        (Names, TimeZone, CreatedAt) = (names, timeZone, now);
    }

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";

    /// <summary><c>hosts</c>, <c>resettlement</c> or <c>platforms</c>: see <see cref="NetworkTemplate"/>.</summary>
    public string Template { get; private set; } = "";

    /// <summary>Short name in mails and titles, such as HMLN.</summary>
    public string Tag { get; private set; } = "";

    public LocalizedText Names { get; private set; } = null!;

    /// <summary>IANA zone in which the network's quarters and due days change.</summary>
    public string TimeZone { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>A role in the whole network: <c>facilitator</c> or <c>maintainer</c> of the register.</summary>
public sealed class NetworkRole
{
    private NetworkRole() { }

    public NetworkRole(Guid networkId, Guid personId, string role) => (NetworkId, PersonId, Role) = (networkId, personId, role);

    public Guid NetworkId { get; private set; }
    public Guid PersonId { get; private set; }
    public string Role { get; private set; } = "";
}
