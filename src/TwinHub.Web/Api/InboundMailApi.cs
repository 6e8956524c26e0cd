using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using TwinHub.Core;
using TwinHub.Core.Mail;
using TwinHub.Core.Mail.Inbound;
using TwinHub.Core.Mail.Inbound.Mime;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

/// <summary>Where a mail server hands over what arrives for the hub (contract, HTTP). Answered once it is stored; worked off afterwards.</summary>
public static class InboundMailApi
{
    public const string Path = "/mail";

    public static void MapInboundMail(this IEndpointRouteBuilder app) =>
        app.MapPost(Path + "/inbound", (HttpContext context, InboundDoor door, CancellationToken cancel) => door.Receive(context, cancel)).AllowAnonymous().ExcludeFromDescription();
}

/// <summary>Takes one mail after the other from who shows the secret, a few at a time and each within its limit.</summary>
public sealed class InboundDoor(MailOptions options, InboundStore store) : IDisposable
{
    private const string Scheme = "Bearer ";

    /// <summary>Mails read at once: together at most as much memory as so many of the largest.</summary>
    private const int AtOnce = 8;

    private static readonly int Largest = new MimeLimits().Bytes;

    private readonly byte[] _secret = Digest(options.InboundSecret);
    private readonly SemaphoreSlim _room = new(AtOnce);

    public async Task<IResult> Receive(HttpContext context, CancellationToken cancel)
    {
        if (Refused(context.Request) is { } refused)
        {
            await Problems.Write(context, refused.Status, refused.Code, "error." + refused.Code);
            return Results.Empty;
        }
        await _room.WaitAsync(cancel);
        try
        {
            using var content = new MemoryStream();
            if (!await Read(context, content, cancel))
            {
                return new Refusal(RefusalCode.TooLong).Result(context);
            }
            if (content.Length == 0)
            {
                return Refusal.Invalid("body").Result(context);
            }
            var headers = context.Request.Headers;
            await store.Store(content.GetBuffer().AsMemory(0, (int)content.Length), headers["X-Envelope-From"], headers["X-Envelope-To"], cancel);
            return Results.Accepted();
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>
    /// Reads the mail, or says that it is too large. A sender who is cut off in the middle would see a broken line and try
    /// again and again: what is too much is heard to its end, without being kept, unless the sender has asked before.
    /// </summary>
    private static async Task<bool> Read(HttpContext context, MemoryStream content, CancellationToken cancel)
    {
        if (context.Request.ContentLength > Largest && context.Request.Headers.Expect.Count > 0)
        {
            return false;
        }
        // Everywhere else a megabyte is the most; a mail with a picture in it has more.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 2L * Largest;
        var (buffer, total) = (new byte[64 * 1024], 0L);
        while (await context.Request.Body.ReadAsync(buffer, cancel) is > 0 and var length)
        {
            total += length;
            if (total <= Largest)
            {
                content.Write(buffer, 0, length);
            }
        }
        return total <= Largest;
    }

    public void Dispose() => _room.Dispose();

    private (int Status, string Code)? Refused(HttpRequest request) =>
        options.InboundSecret.Length == 0 ? (404, "not_found")
        : !Shows(request.Headers.Authorization.ToString()) ? (401, "unauthorized")
        : request.ContentType?.Split(';')[0].Trim().Equals("message/rfc822", StringComparison.OrdinalIgnoreCase) != true ? (415, "invalid")
        : null;

    /// <summary>Compared by digests of one length, in constant time.</summary>
    private bool Shows(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Digest(authorization[Scheme.Length..].Trim()), _secret);

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
