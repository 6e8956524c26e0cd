using TwinHub.Core;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The schedule form as it is shown.</summary>
/// <param name="Host">Whom the reader may invite; null: nobody any more, though the webinar is still theirs to change.</param>
/// <param name="Audience">What the time is for those invited; null: nothing was checked.</param>
/// <param name="Present">The saved webinar; null: a new one.</param>
public sealed record FormView(string Tag, HostView? Host, WebinarForm Input, InviteForm Invite, Refusal? Refused, Audience? Audience, Webinar? Present)
{
    /// <summary>The number of a new form: it is taken once.</summary>
    public Guid Key { get; init; }

    /// <summary>The version of the saved webinar that the form goes on from.</summary>
    public int Version { get; init; }

    /// <summary>What somebody else saved in the meantime, by the label's key.</summary>
    public IReadOnlyList<(string Key, string? Value)> Newer { get; init; } = [];

    public bool IsAnnounced => Present?.State == Webinar.Scheduled;
}
