using System.Security.Claims;

namespace TwinHub.Core.People;

/// <summary>The viewer in the form in which the framework carries who is asking. One claim names the person; a form is bound to it.</summary>
public sealed class ViewerIdentity(Viewer viewer, string scheme) : ClaimsIdentity([new(PersonClaim, viewer.PersonId.ToString())], scheme, PersonClaim, null)
{
    private const string PersonClaim = "id";

    public Viewer Viewer => viewer;

    /// <summary>The viewer of a signed-in principal.</summary>
    public static Viewer Read(ClaimsPrincipal? user) =>
        (user?.Identity as ViewerIdentity)?.Viewer ?? throw new InvalidOperationException("Nobody is signed in.");
}
