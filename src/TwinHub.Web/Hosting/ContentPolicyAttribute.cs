namespace TwinHub.Web.Hosting;

/// <summary>The content security policy of an endpoint or page that needs another one than the pages'.</summary>
/// <param name="value">The header's value.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ContentPolicyAttribute(string value) : Attribute
{
    /// <summary>For what people have sent: whatever it is, it runs nothing, loads nothing and belongs to no origin (ASVS 3.2.1).</summary>
    public static readonly ContentPolicyAttribute Inert = new("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox");

    public string Value { get; } = value;
}
