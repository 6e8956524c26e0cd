using TwinHub.Realtime;
using TwinHub.Web.Api;
using TwinHub.Web.Auth;
using TwinHub.Web.Demo;

namespace TwinHub.Web.Hosting;

/// <summary>The way of a request, from the outside in.</summary>
public static class HubPipeline
{
    public static void UseHub(this WebApplication app, HubSettings settings, DemoMode demo)
    {
        if (settings.Proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }
        app.UseHubDoor();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseFaults();
        app.UseDemoGuard(demo);
        app.UseRouting();
        app.UseOriginGuard();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseRateLimiter();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapRazorPages().WithStaticAssets();
        app.MapHubApi();
        app.MapUploads();
        app.MapFiles();
        app.MapPreviews();
        app.MapInboundMail();
        app.MapCalendarFeed();
        app.MapRealtime();
        app.MapDemo(demo);
        // What does not exist is not found, also for who is signed out.
        app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
    }
}
