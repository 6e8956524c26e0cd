using TwinHub.Core;
using TwinHub.Core.Webinars;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

/// <summary>Answers with a webinar as it is now for who asks.</summary>
internal sealed class WebinarAnswers(WebinarReader webinars, HubClock clock)
{
    public async Task<IResult> Show(HttpContext context, Guid id, CancellationToken cancel, int status = 200) =>
        context.Answer(await webinars.Find(context.Viewer().PersonId, id, cancel), Shape, status);

    /// <summary>After a change; beside a conflict too, so that a program can make its change anew.</summary>
    /// <param name="id">Null: the webinar was to be made.</param>
    public async Task<IResult> Changed(HttpContext context, Outcome<Webinar> changed, Guid? id, int status, CancellationToken cancel)
    {
        if (changed.Refusal is null)
        {
            return await Show(context, changed.Value.Id, cancel, status);
        }
        var present = changed.Refusal.Code == RefusalCode.Conflict && id is { } known ? await webinars.Find(context.Viewer().PersonId, known, cancel) : changed.Refusal;
        return present.Refusal is null ? changed.Refusal.Result(context, Shape(present.Value)) : changed.Refusal.Result(context);
    }

    /// <summary>Whether a webinar the person sees is in another state than the one named.</summary>
    public async Task<bool> IsOther(Guid person, Guid id, string state, CancellationToken cancel) =>
        await webinars.Find(person, id, cancel) is { Refusal: null } found && found.Value.Webinar.StateAt(clock.GetUtcNow()) != state;

    private object Shape(WebinarView view) => WebinarShapes.Of(view, clock.GetUtcNow());
}
