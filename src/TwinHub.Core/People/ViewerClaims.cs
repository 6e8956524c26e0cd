using System.Security.Claims;

namespace TwinHub.Core.People;

/// <summary>The viewer as claims, the form in which the framework carries who is asking.</summary>
public static class ViewerClaims
{
    public static ClaimsPrincipal Principal(Viewer viewer, string scheme) => new(new ClaimsIdentity(
    [
        new("id", viewer.PersonId.ToString()), new("name", viewer.Name), new("email", viewer.Email), new("language", viewer.Language),
        new("zone", viewer.TimeZone), new("scheme", viewer.Scheme), new("organisation", viewer.Organisation?.ToJson() ?? ""), new("session", viewer.SessionId?.ToString() ?? ""), new("token", viewer.TokenId?.ToString() ?? ""),
    ], scheme, "id", null));

    /// <summary>The viewer of a signed-in principal.</summary>
    public static Viewer Read(ClaimsPrincipal? user)
    {
        string Value(string type) => user?.FindFirst(type)?.Value ?? throw new InvalidOperationException($"No claim {type}");
        return new(Guid.Parse(Value("id")), Value("name"), Value("email"), Value("language"), Value("zone"), Value("scheme"),
            Value("organisation") is { Length: > 0 } organisation ? LocalizedText.FromJson(organisation) : null, Id(Value("session")), Id(Value("token")));
    }

    private static Guid? Id(string text) => text.Length == 0 ? null : Guid.Parse(text);
}
