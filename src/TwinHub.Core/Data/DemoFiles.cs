using System.Reflection;
using System.Text.Json;

namespace TwinHub.Core.Data;

/// <summary>The demo networks as they stand in Data/Demo/*.json. Everybody in them is invented; addresses are example.org.</summary>
public sealed record DemoNetworkFile(DemoNetwork Network, IReadOnlyList<DemoOrganisation> Organisations, IReadOnlyList<DemoPerson> People, IReadOnlyList<DemoGroup> Groups)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<DemoNetworkFile> All() => [.. new[] { "hmln", "atcr", "platforms" }.Select(name => Read<DemoNetworkFile>($"demo/{name}.json")!)];

    public static IReadOnlyList<DemoWebinar> Webinars() => Read<List<DemoWebinar>>("demo/webinars.json") ?? [];

    /// <summary>What was said in a group, oldest first.</summary>
    public static IReadOnlyList<DemoMessage> Messages(string group) => Read<List<DemoMessage>>($"demo/messages/{group}.json") ?? [];

    internal static T? Read<T>(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource);
        return stream is null ? default : JsonSerializer.Deserialize<T>(stream, Json);
    }
}

public sealed record DemoNetwork(string Slug, string Tag, string Template, string TimeZone, Dictionary<string, string> Names);

public sealed record DemoOrganisation(string Key, string Kind, string? Country, Dictionary<string, string> Names, Dictionary<string, string>? City, string Initials, double? Latitude, double? Longitude, string TimeZone, List<string> Languages);

public sealed record DemoPerson(string Email, string Name, string Language, string Organisation, List<string> NetworkRoles);

/// <summary>A group; days are counted from the day the demo is made.</summary>
public sealed record DemoGroup(string Slug, List<string> Organisations, Dictionary<string, string>? Name, Dictionary<string, string> Theme, string Basis, string? Concept, string Status, int? StartedDaysAgo, int? EndsInDays, List<DemoMember> Members);

public sealed record DemoMember(string Email, List<string> Roles);

/// <summary>A message; the time is the author's own, the day counted back from the day the demo is made.</summary>
public sealed record DemoMessage(string From, int DaysAgo, string Time, string Body);
