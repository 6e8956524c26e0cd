using Microsoft.AspNetCore.Mvc;
using TwinHub.Core;
using TwinHub.Core.People;
using TwinHub.Core.Text;

namespace TwinHub.Web.Auth;

/// <summary>Refusals over HTTP: RFC 9457 problem details with the contract's code and a sentence in the caller's language.</summary>
public static class Problems
{
    public static IResult Result(this Refusal refusal, HttpContext context) => Results.Problem(Details(context, Status(refusal.Code), refusal.Wire, refusal.TextKey ?? "error." + refusal.Wire, refusal.Field));

    /// <summary>The refusal with what holds now beside it: a conflict shows the present state.</summary>
    public static IResult Result(this Refusal refusal, HttpContext context, object current)
    {
        var details = Details(context, Status(refusal.Code), refusal.Wire, refusal.TextKey ?? "error." + refusal.Wire, refusal.Field);
        details.Extensions["current"] = current;
        return Results.Problem(details);
    }

    public static Task Write(HttpContext context, int status, string code, string textKey)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Details(context, status, code, textKey, null), options: null, "application/problem+json");
    }

    public static int Status(RefusalCode code) => code switch
    {
        RefusalCode.NotFound => 404,
        RefusalCode.NotAllowed => 403,
        RefusalCode.Invalid => 400,
        RefusalCode.TooLong => 413,
        RefusalCode.RateLimited => 429,
        RefusalCode.Closed or RefusalCode.Conflict => 409,
        _ => 503,
    };

    /// <summary>The language of whoever asks: the person's own, else what the request names.</summary>
    public static Words WordsFor(HttpContext context) => Texts.Shared.For(
        context.User.Identity?.IsAuthenticated == true ? ViewerIdentity.Read(context.User).Language : Languages.Choose(context.Request.Headers.AcceptLanguage));

    private static ProblemDetails Details(HttpContext context, int status, string code, string textKey, string? field)
    {
        var details = new ProblemDetails { Status = status, Title = WordsFor(context)[textKey], Extensions = { ["code"] = code } };
        if (field is not null)
        {
            details.Extensions["field"] = field;
        }
        return details;
    }
}
