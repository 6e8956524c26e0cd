using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;

namespace TwinHub.Tests.Support;

/// <summary>What a browser does with pages and forms, and what a program does with answers.</summary>
public static class Forms
{
    public const string TokenField = "__RequestVerificationToken";

    /// <summary>Sends a form as the page shows it: with the antiforgery token that page gave out.</summary>
    public static async Task<HttpResponseMessage> PostForm(this HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = await browser.FormToken(page);
        return await browser.Send(HttpMethod.Post, action, Content([.. fields, (TokenField, token)]));
    }

    public static FormUrlEncodedContent Content(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>The antiforgery token of the first form on a page.</summary>
    public static async Task<string> FormToken(this HttpClient browser, string page)
    {
        using var answer = await browser.Get(page);
        Xunit.Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var document = new HtmlParser().ParseDocument(await answer.Text());
        return document.QuerySelector($"input[name={TokenField}]")?.GetAttribute("value")
            ?? throw new InvalidOperationException($"{page} has no form.");
    }

    /// <summary>Requests end with the test that made them.</summary>
    public static Task<HttpResponseMessage> Get(this HttpClient client, string path) => client.GetAsync(path, Xunit.TestContext.Current.CancellationToken);

    public static Task<string> Text(this HttpClient client, string path) => client.GetStringAsync(path, Xunit.TestContext.Current.CancellationToken);

    public static Task<string> Text(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> Send(this HttpClient client, HttpMethod method, string path, HttpContent? content = null) =>
        client.SendAsync(new HttpRequestMessage(method, path) { Content = content }, Xunit.TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body) => client.Send(HttpMethod.Post, path, JsonContent.Create(body));

    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, object body) => client.Send(HttpMethod.Put, path, JsonContent.Create(body));

    public static Task<HttpResponseMessage> Patch(this HttpClient client, string path, object body) => client.Send(HttpMethod.Patch, path, JsonContent.Create(body));

    public static Task<HttpResponseMessage> Delete(this HttpClient client, string path) => client.Send(HttpMethod.Delete, path);

    /// <summary>Signs in through the demo's door and returns the session cookie as <c>name=value</c>.</summary>
    public static async Task<string> SessionOf(this TestHub hub, string email)
    {
        using var client = new HttpClient { BaseAddress = hub.Url };
        using var answer = await client.Post("/demo/sign-in", new { email });
        return answer.EnsureSuccessStatusCode().Cookie();
    }

    /// <summary>The session cookie an answer sets, as <c>name=value</c>.</summary>
    public static string Cookie(this HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("twinhub=", StringComparison.Ordinal)).Split(';')[0];

    /// <summary>A browser that holds a session cookie (<c>name=value</c>); null: signed out.</summary>
    public static HttpClient BrowserWith(this TestHub hub, string? cookie, string language = "en") => hub.BrowserHolding(language, cookie);

    /// <summary>A browser that holds these cookies (<c>name=value</c>).</summary>
    public static HttpClient BrowserHolding(this TestHub hub, string language, params IEnumerable<string?> cookies)
    {
        var jar = new CookieContainer();
        foreach (var cookie in cookies.OfType<string>())
        {
            jar.Add(hub.Url, new Cookie(cookie.Split('=', 2)[0], cookie.Split('=', 2)[1]));
        }
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = hub.Url };
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return browser;
    }

    /// <summary>A program with a given token; null: without.</summary>
    public static HttpClient ApiWith(this TestHub hub, string? token)
    {
        var client = new HttpClient { BaseAddress = hub.Url };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return client;
    }

    public static async Task<JsonElement> Json(this HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Text()).RootElement;

    /// <summary>A refusal as the contract shapes it: status, problem details, code.</summary>
    public static async Task<JsonElement> Problem(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Text();
        Xunit.Assert.True(status == (int)answer.StatusCode, $"{status} was expected, {(int)answer.StatusCode} came: {text}");
        Xunit.Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Xunit.Assert.Equal(code, problem.GetProperty("code").GetString());
        Xunit.Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
