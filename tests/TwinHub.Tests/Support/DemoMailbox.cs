namespace TwinHub.Tests.Support;

/// <summary>The demo's mailbox as its reader sees it.</summary>
public static class DemoMailbox
{
    /// <summary>The mails about a webinar that were delivered, oldest first.</summary>
    public static async Task<IReadOnlyList<DeliveredMail>> MailsAbout(this TestHub hub, Guid webinar)
    {
        using var client = new HttpClient { BaseAddress = hub.Url };
        var entries = await (await client.Get("/demo/mailbox.json?limit=10000")).Json();
        return [.. entries.EnumerateArray().Where(entry => entry.GetProperty("about").TryGetProperty("webinarId", out var id) && id.GetGuid() == webinar)
            .Select(entry => new DeliveredMail(entry.GetProperty("id").GetString()!, entry.GetProperty("to").GetString()!, entry.GetProperty("subject").GetString()!, entry.GetProperty("kind").GetString()!)).Reverse()];
    }
}

/// <summary>A delivered mail as the list shows it.</summary>
public sealed record DeliveredMail(string Id, string To, string Subject, string Kind);
