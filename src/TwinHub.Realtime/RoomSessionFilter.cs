using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using TwinHub.Core;
using TwinHub.Core.Text;

namespace TwinHub.Realtime;

/// <summary>A session for one room of a webinar calls nothing else here: the rest of the hub is not found for it (security.md, Tokens).</summary>
public sealed class RoomSessionFilter : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var viewer = invocationContext.Context.Features.GetRequiredFeature<Subscriber>().Viewer;
        return viewer.RoomId is null || invocationContext.HubMethodName is nameof(TwinningHub.EnterRoom) or nameof(TwinningHub.LeaveRoom)
            ? next(invocationContext)
            : throw new HubException($"{Refusal.NotFound.Wire}: {Refusal.NotFound.Sentence(Texts.Shared.For(viewer.Language))}");
    }
}
