namespace TwinHub.Web.Hosting;

/// <summary>The content security policy of an endpoint that needs another one than the pages'.</summary>
/// <param name="Value">The header's value.</param>
public sealed record ContentPolicy(string Value)
{
    /// <summary>For what people have sent: whatever it is, it runs nothing, loads nothing and belongs to no origin (ASVS 3.2.1).</summary>
    public static readonly ContentPolicy Inert = new("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox");
}
