namespace TwinHub.Core.Calendar;

/// <summary>What stands between a BEGIN and its END (RFC 5545, 3.6).</summary>
internal sealed class Component(string name)
{
    private readonly List<ContentLine> _lines = [];
    private readonly List<Component> _children = [];

    public string Name { get; } = name;

    public IEnumerable<Component> Children(string name) => _children.Where(child => child.Name == name);

    public IEnumerable<ContentLine> All(string name) => _lines.Where(line => line.Name == name);

    public ContentLine? First(string name) => All(name).FirstOrDefault();

    /// <summary>The value of the first such property, without its outer blanks.</summary>
    public string? Value(string name) => First(name)?.Value.Trim();

    public void Add(ContentLine line) => _lines.Add(line);

    public void Add(Component child) => _children.Add(child);
}
