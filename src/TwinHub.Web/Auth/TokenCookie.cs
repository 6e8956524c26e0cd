namespace TwinHub.Web.Auth;

/// <summary>A cookie that holds a token; over https the browser gives it back to this host alone (security.md, Decided).</summary>
public sealed class TokenCookie
{
    private readonly string _name;

    private TokenCookie(string name) => _name = name;

    /// <summary>A person's session.</summary>
    public static readonly TokenCookie Session = new("twinhub");

    /// <summary>A session for the room of one webinar.</summary>
    public static readonly TokenCookie Room = new("twinhub-room");

    public string? Read(HttpRequest request) => request.Cookies[Name(request)] is { Length: > 20 and < 200 } token ? token : null;

    public void Write(HttpContext context, string token, TimeSpan life) => context.Response.Cookies.Append(Name(context.Request), token, Options(context.Request, life));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, null));

    private string Name(HttpRequest request) => request.IsHttps ? "__Host-" + _name : _name;

    private static CookieOptions Options(HttpRequest request, TimeSpan? life) => new()
    {
        HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life, IsEssential = true,
    };
}
