namespace TwinHub.Core.Webinars.Rooms;

/// <summary>A part of a webinar: a talk, or the moment in which a group takes stock of its work (domain, section 6).</summary>
public sealed class AgendaSlot
{
    private AgendaSlot() { }

    public AgendaSlot(Guid webinarId, int position, string title, string speaker, int minutes, Guid? groupId)
    {
        (Id, WebinarId, Position, GroupId) = (Guid.CreateVersion7(), webinarId, position, groupId);
        Kind = groupId is null ? Talk : Stock;
        Change(title, speaker, minutes);
    }

    public const string Talk = "talk";
    public const string Stock = "stock";

    public Guid Id { get; private set; }
    public Guid WebinarId { get; private set; }

    /// <summary>From 0, without gaps after each change.</summary>
    public int Position { get; private set; }

    /// <summary><c>talk</c>, or <c>stock</c>: the slot belongs to a group.</summary>
    public string Kind { get; private set; } = Talk;

    /// <summary>In the organiser's words; of a group's slot what is asked of it.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Who speaks; may be empty.</summary>
    public string Speaker { get; private set; } = "";

    /// <summary>Planned length, 1 to 480.</summary>
    public int Minutes { get; private set; }

    public Guid? GroupId { get; private set; }
    public DateTimeOffset? BeganAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>It has begun and not ended.</summary>
    public bool IsPresent => BeganAt is not null && EndedAt is null;

    public void Change(string title, string speaker, int minutes) => (Title, Speaker, Minutes) = (title, speaker, minutes);

    public void MoveTo(int position) => Position = position;

    /// <summary>It is this slot's turn, perhaps once more.</summary>
    public void Begin(DateTimeOffset now) => (BeganAt, EndedAt) = (BeganAt ?? now, null);

    public void End(DateTimeOffset now) => EndedAt = now;
}

/// <summary>What a group said when stock was taken; the message with the same words stands in its discussion.</summary>
public sealed class StockUpdate
{
    private StockUpdate() { }

    public StockUpdate(Guid messageId, Guid slotId, Guid personId, string body, DateTimeOffset now) =>
        (MessageId, SlotId, PersonId, Body, At) = (messageId, slotId, personId, body, now);

    public Guid MessageId { get; private set; }
    public Guid SlotId { get; private set; }
    public Guid PersonId { get; private set; }
    public string Body { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}
