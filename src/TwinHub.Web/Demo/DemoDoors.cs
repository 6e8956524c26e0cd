using System.Xml;
using TwinHub.Core;
using TwinHub.Core.People;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Demo;

/// <summary>The demo's doors (contract, Demo). They exist only in an installation marked demo, and only for this machine.</summary>
public static class DemoDoors
{
    public static void MapDemo(this IEndpointRouteBuilder app, DemoMode demo)
    {
        if (!demo.On)
        {
            return;
        }
        var doors = app.MapGroup("/demo").AllowAnonymous().ExcludeFromDescription();
        doors.MapGet("/people.json", async (DemoDirectory directory, CancellationToken cancel) => Results.Json(await directory.People(cancel)));
        doors.MapPost("/sign-in", SignIn).DisableAntiforgery();
        doors.MapGet("/mailbox.json", async (DemoDirectory directory, int? limit, CancellationToken cancel) => Results.Json(await directory.Mailbox(Math.Clamp(limit ?? 50, 1, 10_000), cancel)));
        doors.MapGet("/mailbox/{id}.eml", async (DemoDirectory directory, string id, CancellationToken cancel) =>
            Guid.TryParse(id, out var mail) && await directory.Content(mail, cancel) is { } bytes ? Results.Bytes(bytes, "message/rfc822", $"{mail}.eml") : Results.NotFound());
        doors.MapGet("/clock", (HubClock clock) => Results.Json(new { now = clock.GetUtcNow() }));
        doors.MapPost("/clock", Advance).DisableAntiforgery();
    }

    private static async Task<IResult> SignIn(HttpContext context, DemoSignIn body, DemoDirectory directory, Credentials credentials, SignInOptions options, CancellationToken cancel)
    {
        if (await directory.Find(body.Email, cancel) is not { } person)
        {
            return Refusal.NotFound.Result(context);
        }
        TokenCookie.Session.Write(context, await credentials.OpenSession(person, Device.Name(context.Request.Headers.UserAgent), cancel), options.SessionLife);
        return Results.Json(new { id = person });
    }

    private static async Task<IResult> Advance(HttpContext context, DemoAdvance body, DemoClock clock, CancellationToken cancel)
    {
        if (Distance(body.Advance) is not { } distance || distance <= TimeSpan.Zero || distance > DemoClock.Most)
        {
            return Refusal.Invalid("advance").Result(context);
        }
        return await clock.Advance(distance, cancel) is { } moved
            ? Results.Json(new { now = moved.Now, ran = moved.Ran })
            : new Refusal(RefusalCode.Conflict).Result(context);
    }

    /// <summary>An ISO 8601 duration in days, hours, minutes and seconds; months and years have no fixed length.</summary>
    private static TimeSpan? Distance(string? text)
    {
        if (text is null || text.Split('T')[0].IndexOfAny(['Y', 'M']) >= 0)
        {
            return null;
        }
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return null;
        }
    }
}

public sealed record DemoSignIn(string? Email);

public sealed record DemoAdvance(string? Advance);
