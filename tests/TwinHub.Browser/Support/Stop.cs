using Microsoft.Playwright;

namespace TwinHub.Browser.Support;

/// <summary>A page as one meets it: who looks, where, what they do there first, and how the server answers.</summary>
public sealed record Stop(string Name, string? Email, string Path, int Status = 200, Func<IPage, Task>? Act = null);

/// <summary>A stop as it stands on the screen.</summary>
/// <param name="Number">Its place in the tour, from 0.</param>
public sealed record View(Stop Stop, int Number, Screen Screen, string Language, Visitor Visitor)
{
    public IPage Page => Visitor.Page;

    public override string ToString() => $"{Stop.Name}-{Language}-{Screen.Name}";
}
