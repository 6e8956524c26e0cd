using System.Globalization;
using System.Threading.RateLimiting;
using TwinHub.Core.People;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Hosting;

/// <summary>What takes the hub long is done for one person a few at a time (ASVS 2.4.1, 15.2.2).</summary>
public static class CostlyWork
{
    /// <summary>The policy's name.</summary>
    public const string Policy = "costly";

    private const int AtOnce = 2;

    public static IServiceCollection AddCostlyWork(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Policy, context => RateLimitPartition.GetConcurrencyLimiter(Who(context), _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = 0 }));
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 10.ToString(CultureInfo.InvariantCulture);
            await Problems.Write(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "rate_limited", "error.rate_limited");
        };
    });

    private static string Who(HttpContext context) => context.User.Identity?.IsAuthenticated == true ? ViewerIdentity.Read(context.User).PersonId.ToString() : "";
}
