using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>A person at a browser of their own, and everything that went wrong or happened behind their back in it.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _surprises = new();
    private readonly Uri _url;

    private Visitor(IBrowserContext context, Uri url) => (Context, _url) = (context, url);

    public IBrowserContext Context { get; }

    public IPage Page { get; private set; } = null!;

    /// <summary>Errors on the console (the content security policy's among them) and exceptions in scripts, since <see cref="Forget"/>.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>What went wrong so far is of no interest any more.</summary>
    public void Forget() => _faults.Clear();

    /// <summary>Dialogs that opened and requests that went to another place than the hub.</summary>
    public IReadOnlyList<string> Surprises => [.. _surprises];

    public static async Task<Visitor> Open(IBrowserContext context, Uri url)
    {
        var visitor = new Visitor(context, url);
        context.SetDefaultTimeout(15_000);
        context.Request += (_, request) => visitor.Asked(request);
        context.Page += (_, page) => visitor.Watch(page);
        visitor.Page = await context.NewPageAsync();
        return visitor;
    }

    /// <summary>Becomes one of the demo's people, coming from the sign-in page.</summary>
    public async Task SignIn(string email)
    {
        await Page.GotoAsync("/sign-in");
        var answer = await Context.APIRequest.PostAsync(new Uri(_url, "/demo/sign-in").ToString(), new() { DataObject = new { email } });
        Assert.Equal(200, answer.Status);
    }

    public async Task<IResponse> Go(string path)
    {
        var response = await Page.GotoAsync(path);
        Assert.NotNull(response);
        return response;
    }

    /// <summary>Another tab of the same browser.</summary>
    public Task<IPage> NewTab() => Context.NewPageAsync();

    public ValueTask DisposeAsync() => new(Context.CloseAsync());

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _faults.Enqueue($"{page.Url}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _faults.Enqueue($"{page.Url}: {error}");
        page.Dialog += async (_, dialog) =>
        {
            _surprises.Enqueue($"dialog {dialog.Type}: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    private void Asked(IRequest request)
    {
        var to = new Uri(request.Url);
        if (to.Scheme is "http" or "https" && to.Authority != _url.Authority)
        {
            _surprises.Enqueue($"request {request.Url}");
        }
    }
}
