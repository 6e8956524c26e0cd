using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TwinHub.Core;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

/// <summary>The body of a write that may carry an <c>Idempotency-Key</c>.</summary>
public interface IRepeatable;

/// <summary>
/// Lets a program repeat a write that makes mail: under the same <c>Idempotency-Key</c> the same request is answered as the
/// first time and does nothing (contract, Common rules). Requests are the same when method, address and meaning of the body are.
/// </summary>
internal sealed class RepeatableWrites(IdempotencyKeys keys, IOptions<JsonOptions> json) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (http, header) = (context.HttpContext, context.HttpContext.Request.Headers["Idempotency-Key"]);
        if (header.Count == 0)
        {
            return await next(context);
        }
        if (header.Count > 1 || header.ToString() is not { Length: > 0 and <= IdempotencyKeys.MaxLength } key)
        {
            return Refusal.Invalid("Idempotency-Key").Result(http);
        }
        return await keys.Claim(http.Viewer().PersonId, key, Request(context), http.RequestAborted) switch
        {
            null => await First(context, next, key),
            { Refusal: { } refusal } => refusal.Result(http),
            var given => Answer(given.Value),
        };
    }

    /// <summary>Does the write to its end and keeps its answer, even for who hangs up: they will ask again. A fault or a "not now" is not kept.</summary>
    private async Task<object?> First(EndpointFilterInvocationContext context, EndpointFilterDelegate next, string key)
    {
        var person = context.HttpContext.Viewer().PersonId;
        for (var i = 0; i < context.Arguments.Count; i++)
        {
            context.Arguments[i] = context.Arguments[i] is CancellationToken ? CancellationToken.None : context.Arguments[i];
        }
        GivenAnswer? answer = null;
        try
        {
            answer = Read(await next(context));
            return Answer(answer);
        }
        finally
        {
            await (answer is { Status: < 500 and not 429 } ? keys.Keep(person, key, answer, CancellationToken.None) : keys.Release(person, key, CancellationToken.None));
        }
    }

    private GivenAnswer Read(object? result)
    {
        var value = ((IValueHttpResult)result!).Value!;
        return new(((IStatusCodeHttpResult)result).StatusCode ?? StatusCodes.Status200OK, JsonSerializer.Serialize(value, value.GetType(), json.Value.SerializerOptions));
    }

    private static IResult Answer(GivenAnswer answer) =>
        Results.Content(answer.Body, answer.Status < 400 ? "application/json; charset=utf-8" : "application/problem+json", Encoding.UTF8, answer.Status);

    private byte[] Request(EndpointFilterInvocationContext context)
    {
        var (request, body) = (context.HttpContext.Request, context.Arguments.OfType<IRepeatable>().SingleOrDefault());
        var text = body is null ? "" : JsonSerializer.Serialize(body, body.GetType(), json.Value.SerializerOptions);
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{text}"));
    }
}
