using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace TwinHub.Realtime;

/// <summary>Logs what a hub method threw unexpectedly. Refusals are ordinary answers and are not logged (the framework's own log of them is off).</summary>
public sealed class FaultFilter(ILogger<FaultFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception fault) when (fault is not (HubException or OperationCanceledException))
        {
            logger.LogError(fault, "Hub method {Method} failed", invocationContext.HubMethodName);
            throw;
        }
    }
}
