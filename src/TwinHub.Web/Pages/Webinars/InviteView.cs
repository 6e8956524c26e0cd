using TwinHub.Core;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The part of a form that says whom to invite.</summary>
public sealed record InviteView(HostView Host, InviteForm Invite, Refusal? Refused);
