using Microsoft.Playwright;

namespace TwinHub.Browser.Support;

/// <summary>What somebody looks through: a laptop with a keyboard, or a phone.</summary>
public sealed record Screen(string Name, int Width, int Height, bool Touch)
{
    public static readonly Screen Wide = new("wide", 1440, 900, false);
    public static readonly Screen Phone = new("phone", 390, 844, true);

    /// <summary>A browser of this kind that asks for pages in a language.</summary>
    public BrowserNewContextOptions Options(string language) => new()
    {
        ViewportSize = new() { Width = Width, Height = Height }, DeviceScaleFactor = Touch ? 2 : 1, IsMobile = Touch, HasTouch = Touch, Locale = language, TimezoneId = "Asia/Beirut",
    };
}
