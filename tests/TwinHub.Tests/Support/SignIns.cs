using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;

namespace TwinHub.Tests.Support;

/// <summary>Asking for sign-in links and reading the mails that bring them.</summary>
public static class SignIns
{
    /// <summary>Asks for a link as a signed-out browser does.</summary>
    public static async Task<HttpResponseMessage> AskForLink(this TestHub hub, string email, string language = "en")
    {
        using var browser = hub.BrowserWith(null, language);
        return await browser.PostForm("/sign-in", "/sign-in", ("Email", email));
    }

    /// <summary>Asks for a link and returns its path and query, once the mail has arrived.</summary>
    public static async Task<string> LinkByMail(this TestHub hub, string email)
    {
        var before = (await hub.MailTo(email)).Count;
        Xunit.Assert.Equal(302, (int)(await hub.AskForLink(email)).StatusCode);
        await Eventually.True(async () => (await hub.MailTo(email)).Count > before, $"the mail to {email} arrives", 5);
        var text = Text(await hub.Eml((await hub.MailTo(email))[0].GetProperty("id").GetString()!));
        return new Uri(text.Split('\n', StringSplitOptions.TrimEntries).Single(line => line.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
    }

    /// <summary>The demo mailbox's entries for an address, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MailTo(this TestHub hub, string email)
    {
        using var client = new HttpClient { BaseAddress = hub.Url };
        var entries = await (await client.Get("/demo/mailbox.json?limit=10000")).Json();
        return [.. entries.EnumerateArray().Where(entry => entry.GetProperty("to").GetString() == email)];
    }

    /// <summary>A delivered mail, byte for byte.</summary>
    public static async Task<byte[]> Eml(this TestHub hub, string id)
    {
        using var client = new HttpClient { BaseAddress = hub.Url };
        return await client.GetByteArrayAsync($"/demo/mailbox/{id}.eml");
    }

    /// <summary>The plain-text part of one of the hub's mails.</summary>
    public static string Text(byte[] mail)
    {
        var part = Encoding.ASCII.GetString(mail).Split("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")[1];
        return Encoding.UTF8.GetString(Convert.FromBase64String(part.Split("\r\n--")[0]));
    }
}

/// <summary>A demo hub for signing in: one machine plays a whole office, so its network is not limited.</summary>
public sealed class SignInHub(TestPostgres postgres) : Xunit.IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await TestHub.Start(postgres, "--Limits:SignInsPerNetwork=10000");

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    /// <summary>What the hub does every ten seconds: it writes down who and what was seen in use.</summary>
    public Task WriteDownUses() => Hub.App.Services.GetRequiredService<Credentials>().NoteUse(CancellationToken.None);

    /// <summary>Runs at a later time by the hub's real clock, then goes back.</summary>
    public async Task Later(TimeSpan by, Func<Task> then)
    {
        Hub.Time.Offset += by;
        try
        {
            await then();
        }
        finally
        {
            Hub.Time.Offset -= by;
        }
    }
}
