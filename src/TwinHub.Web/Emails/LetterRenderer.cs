using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TwinHub.Core.Mail;

namespace TwinHub.Web.Emails;

/// <summary>Renders the HTML part of a letter from its Razor template.</summary>
public sealed class LetterRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> Render(Letter letter)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(LetterTemplate.Letter)] = letter });
            var html = await renderer.RenderComponentAsync<LetterTemplate>(parameters);
            return html.ToHtmlString();
        });
    }
}
