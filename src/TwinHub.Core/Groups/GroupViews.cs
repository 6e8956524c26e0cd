using TwinHub.Core.Channels;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;

namespace TwinHub.Core.Groups;

/// <summary>A group as a person sees it.</summary>
public sealed record GroupView(TwinningGroup Group, Network Network, IReadOnlyList<PartnerView> Partners, IReadOnlyList<Channel> Channels)
{
    /// <summary>Where the group talks.</summary>
    public Channel Talk => Channels[0];

    /// <summary>Its own name, or the partners' cities with a middle dot between.</summary>
    public string Name(string language) =>
        Group.Names?.In(language) ?? string.Join(" · ", Partners.Select(partner => partner.Organisation.ShortName(language)));
}

/// <summary>One of the equals in a group, with its hue there.</summary>
public sealed record PartnerView(Organisation Organisation, string Hue);

/// <summary>A member of a group.</summary>
public sealed record MemberView(Guid PersonId, string Name, string Email, Guid OrganisationId, IReadOnlyList<string> Roles, bool Online);

/// <summary>A group on the desk: what is new and who wrote last.</summary>
public sealed record GroupNews(GroupView View, bool IsMember, int Unread, LastMessage? Last);

/// <summary>The newest message of a channel; the body as written.</summary>
public sealed record LastMessage(Guid AuthorId, string Author, string Body, DateTimeOffset SentAt);

/// <summary>One group with everything its pages need.</summary>
/// <param name="Access">What the person who asked may do.</param>
/// <param name="Facilitators">Who reads along; the header says so.</param>
public sealed record GroupDetails(GroupView View, ChannelAccess Access, IReadOnlyList<MemberView> Members, IReadOnlyList<(Guid Id, string Name)> Facilitators, long ReadRevision);
