namespace TwinHub.Core.Calendar;

/// <summary>Unfolded lines into a tree of components, within the limits.</summary>
internal sealed class ComponentParser
{
    private readonly Stack<Component> _open = new([new Component("")]);
    private int _components;
    private int _attendees;

    private ComponentParser() { }

    /// <summary>A root that holds the VCALENDARs, or the fault. What stands outside of any component is passed over.</summary>
    public static (Component Root, CalendarFault? Fault) Parse(IEnumerable<string> lines)
    {
        var parser = new ComponentParser();
        var root = parser._open.Peek();
        var fault = lines.Select(ContentLine.Read).OfType<ContentLine>().Select(parser.Take).FirstOrDefault(fault => fault is not null);
        return (root, fault ?? (parser._open.Count > 1 ? CalendarFault.Truncated : null));
    }

    private CalendarFault? Take(ContentLine line)
    {
        switch (line.Name)
        {
            case "BEGIN":
                return Begin(line.Value.Trim().ToUpperInvariant());
            case "END":
                End(line.Value.Trim().ToUpperInvariant());
                return null;
            case "ATTENDEE" when ++_attendees > CalendarLimits.Attendees:
                return CalendarFault.TooManyAttendees;
            default:
                _open.Peek().Add(line);
                return line.Parameters > CalendarLimits.Parameters ? CalendarFault.TooManyParameters : null;
        }
    }

    private CalendarFault? Begin(string name)
    {
        if (++_components > CalendarLimits.Components)
        {
            return CalendarFault.TooManyComponents;
        }
        if (_open.Count > CalendarLimits.Depth)
        {
            return CalendarFault.TooDeep;
        }
        var component = new Component(name);
        _open.Peek().Add(component);
        _open.Push(component);
        return null;
    }

    /// <summary>Closes the innermost component of that name and what was left open in it; an END of nothing is passed over.</summary>
    private void End(string name)
    {
        if (_open.Any(component => component.Name == name && name.Length > 0))
        {
            while (_open.Pop().Name != name)
            {
            }
        }
    }
}
