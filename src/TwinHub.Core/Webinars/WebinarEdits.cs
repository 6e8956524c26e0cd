namespace TwinHub.Core.Webinars;

/// <summary>What an organiser does with one button of the form: change, invite more, send.</summary>
public sealed class WebinarEdits(WebinarService webinars, InvitationService invitations)
{
    /// <summary>
    /// Changes a webinar, adds to those invited and publishes it when asked. The steps are transactions of their own: the caller
    /// has tried the list before, and a step that is refused all the same leaves the earlier ones standing.
    /// </summary>
    /// <param name="version">The version the organiser saw.</param>
    public async Task<Outcome<Webinar>> Save(Guid actor, Guid id, int version, WebinarInput input, InviteList invite, bool publish, CancellationToken cancel)
    {
        var changed = await webinars.Edit(actor, id, version, input, cancel);
        if (changed.Refusal is not null)
        {
            return changed;
        }
        var added = invite.IsEmpty ? 0 : await invitations.Invite(actor, id, invite, cancel);
        if (added.Refusal is { } refusal)
        {
            return refusal;
        }
        return publish && changed.Value.State == Webinar.Draft ? await webinars.Schedule(actor, id, changed.Value.Version, cancel) : changed;
    }
}
