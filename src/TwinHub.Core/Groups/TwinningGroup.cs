namespace TwinHub.Core.Groups;

/// <summary>Two or more organisations that learn from each other (domain, section 4).</summary>
public sealed class TwinningGroup
{
    private TwinningGroup() { }

    public TwinningGroup(Guid networkId, string slug, LocalizedText? names, LocalizedText themes, string basis, string? concept, string status, DateTimeOffset now)
    {
        (Id, NetworkId, Slug, Names, Themes) = (Guid.CreateVersion7(), networkId, slug, names, themes);
        (Basis, Concept, Status, CreatedAt) = (basis, concept, status, now);
    }

    public static readonly IReadOnlyList<string> Statuses = ["proposed", "active", "paused", "completed", "endedEarly"];

    public Guid Id { get; private set; }
    public Guid NetworkId { get; private set; }

    /// <summary>Unique in the installation; never changes.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>A name of its own; without one the partners' cities stand for it.</summary>
    public LocalizedText? Names { get; private set; }

    public LocalizedText Themes { get; private set; } = null!;

    /// <summary><c>formal</c> or <c>informal</c>.</summary>
    public string Basis { get; private set; } = "";

    /// <summary>National platforms only: A, or B with its level (S0): B1, B2, B3.</summary>
    public string? Concept { get; private set; }

    public string Status { get; private set; } = "";
    public DateOnly? StartsOn { get; private set; }
    public DateOnly? EndsOn { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>A completed or ended group is a read-only archive.</summary>
    public bool IsClosed => Status is "completed" or "endedEarly";

    public TwinningGroup Between(DateOnly? startsOn, DateOnly? endsOn)
    {
        (StartsOn, EndsOn) = (startsOn, endsOn);
        return this;
    }

    public void Become(string status) => Status = status;
}

/// <summary>An organisation in a group, with the hue by which its side is recognised there.</summary>
public sealed class GroupPartner
{
    private GroupPartner() { }

    public GroupPartner(Guid groupId, Guid organisationId, int position, string hue) =>
        (GroupId, OrganisationId, Position, Hue) = (groupId, organisationId, position, hue);

    /// <summary>Ten hues of one weight; the partners of one group never share one.</summary>
    public static readonly IReadOnlyList<string> Hues =
        ["cedar", "indigo", "plum", "ochre", "sky", "olive", "rose", "slate", "clay", "violet"];

    public Guid GroupId { get; private set; }
    public Guid OrganisationId { get; private set; }
    public int Position { get; private set; }
    public string Hue { get; private set; } = "";
}

/// <summary>A person in a group, answering for one of its partners.</summary>
public sealed class Membership
{
    private Membership() { }

    public Membership(Guid groupId, Guid personId, Guid organisationId, IEnumerable<string> roles, DateTimeOffset since)
    {
        (GroupId, PersonId, OrganisationId, Since) = (groupId, personId, organisationId, since);
        Roles = [.. roles];
    }

    /// <summary>The roles a member of a group can have (domain, section 2).</summary>
    public static readonly IReadOnlyList<string> AllRoles =
        ["lead", "responsible", "correspondent", "reviewer", "member", "observer"];

    public Guid GroupId { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid OrganisationId { get; private set; }
    public List<string> Roles { get; private set; } = [];
    public DateTimeOffset Since { get; private set; }
}
