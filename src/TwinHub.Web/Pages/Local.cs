namespace TwinHub.Web.Pages;

/// <summary>Addresses on this hub.</summary>
public static class Local
{
    /// <summary>A path of this hub, or the desk: never an address elsewhere (open redirect).</summary>
    public static string Path(string? wanted) =>
        wanted is { Length: > 0 and < 500 } && wanted[0] == '/' && !wanted.StartsWith("//", StringComparison.Ordinal)
        && !wanted.Contains('\\', StringComparison.Ordinal) && !wanted.Any(char.IsControl) ? wanted : "/";
}
