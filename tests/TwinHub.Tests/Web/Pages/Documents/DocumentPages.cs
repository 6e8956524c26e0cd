using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Documents;

/// <summary>What a browser without a script does on the pages of documents.</summary>
internal static class DocumentPages
{
    public const string List = $"/groups/{People.TheirGroup}/documents", Bin = List + "/bin";

    public static async Task<IHtmlDocument> Read(this HttpClient browser, string path) => new HtmlParser().ParseDocument(await browser.Text(path));

    public static async Task<IHtmlDocument> Page(this HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Text());

    /// <summary>Sends files by the form of a page.</summary>
    public static async Task<HttpResponseMessage> SendFiles(this HttpClient browser, string page, string action, Guid form, params (string Name, string Text)[] files)
    {
        var content = new MultipartFormDataContent { { new StringContent(await browser.FormToken(page)), Forms.TokenField }, { new StringContent(form.ToString()), "form" } };
        foreach (var (name, text) in files)
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = name, FileNameStar = null };
            // As browsers send names: bare UTF-8.
            part.Headers.Remove("Content-Disposition");
            part.Headers.TryAddWithoutValidation("Content-Disposition", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"form-data; name=\"file\"; filename=\"{name}\"")));
            content.Add(part);
        }
        return await browser.Send(HttpMethod.Post, action, content);
    }

    /// <summary>A form that is refused, and the page that comes back.</summary>
    public static async Task<IHtmlDocument> Refused(this HttpClient browser, int status, string page, string action, params (string, string)[] fields)
    {
        var answer = await browser.PostForm(page, action, fields);
        Assert.Equal(status, (int)answer.StatusCode);
        return await answer.Page();
    }

    /// <summary>A form that is taken, and where it leads.</summary>
    public static async Task<string> Taken(this HttpClient browser, string page, string action, params (string, string)[] fields)
    {
        var answer = await browser.PostForm(page, action, fields);
        Assert.True((int)answer.StatusCode == 302, $"{action} answered {(int)answer.StatusCode}: {(await answer.Page()).QuerySelector("[role=alert]")?.TextContent}");
        return answer.Headers.Location!.ToString();
    }

    public static string? Value(this IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']")?.GetAttribute("value");
}
