using TwinHub.Core.Webinars;

namespace TwinHub.Web.Api;

/// <summary>A webinar to draft; with <c>publish</c> its invitations go out.</summary>
/// <param name="Network">The network's slug.</param>
/// <param name="StartsAt">The wall time in <paramref name="TimeZone"/>, <c>2027-03-29T10:00</c>.</param>
/// <param name="Capacity">Seats; null: as many as come.</param>
/// <param name="Language">In which of the four languages it is held; null: not said.</param>
public sealed record NewWebinar(
    string? Network, string? Title, string? StartsAt, string? TimeZone, int? DurationMinutes, string? Location, string? JoinUrl, string? Context,
    IReadOnlyList<string>? Aims, string? Audience, int? Capacity, NewInvitations? Invite, bool? Publish, string? Language, string? Theme) : IRepeatable
{
    public WebinarInput Input() => new(Title, StartsAt, TimeZone, DurationMinutes, Location, JoinUrl, Context, Aims, Audience, Capacity, Language, Theme);
}

/// <summary>What to change in a webinar. What is left out stays; <c>null</c> takes a link or the limit of seats away.</summary>
public sealed record WebinarChange : IRepeatable
{
    /// <summary>The version the change was made on.</summary>
    public int? Version { get; init; }

    public string? Title { get; init; }
    public string? StartsAt { get; init; }
    public string? TimeZone { get; init; }
    public int? DurationMinutes { get; init; }
    public string? Location { get; init; }
    public string? JoinUrl { get; init => field = value ?? ""; }
    public string? Context { get; init; }
    public IReadOnlyList<string>? Aims { get; init; }
    public string? Audience { get; init; }
    public int? Capacity { get; init => field = value ?? 0; }

    public string? Language { get; init => field = value ?? ""; }
    public string? Theme { get; init; }

    /// <summary><c>scheduled</c> publishes a draft.</summary>
    public string? State { get; init; }

    public bool? Publish { get; init; }

    public WebinarInput Input() => new(Title, StartsAt, TimeZone, DurationMinutes, Location, JoinUrl, Context, Aims, Audience, Capacity, Language, Theme);
}

/// <summary>Whom to invite: people of the network by address, organisations by id, groups by slug, guests from outside.</summary>
public sealed record NewInvitations(IReadOnlyList<string>? People, IReadOnlyList<string>? Organisations, IReadOnlyList<string>? Groups, IReadOnlyList<InviteGuest>? Guests, bool? AllGroups) : IRepeatable
{
    /// <summary>An id that is none of ours is judged like one we do not know.</summary>
    public InviteList List() => new(People, Organisations?.Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty).ToList(), Groups, Guests, AllGroups == true);
}

/// <summary>One's own answer.</summary>
public sealed record MyResponse(string? Response);
