using TwinHub.Core.Groups;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>What of a room is read: a change concerns one part, and two hundred people read it again at once.</summary>
[Flags]
public enum RoomParts
{
    None = 0,
    Agenda = 1,
    Questions = 2,
    Polls = 4,
    Hands = 8,
    People = 16,
    All = Agenda | Questions | Polls | Hands | People,
}

/// <summary>A room as one person in it sees it.</summary>
/// <param name="Runs">The person leads through the agenda and sees who is there.</param>
/// <param name="Hands">Raised hands in their order; names are for who runs the webinar, the others know the number and their own.</param>
/// <param name="Count">How many are there now.</param>
/// <param name="People">Who is there now, by name, for who runs the webinar; null: only the number is the person's to know.</param>
public sealed record RoomView(
    Webinar Webinar, bool Runs, IReadOnlyList<SlotView> Agenda, IReadOnlyList<QuestionView> Questions, IReadOnlyList<PollView> Polls,
    IReadOnlyList<HandView> Hands, int Count, IReadOnlyList<RoomPerson>? People)
{
    /// <summary>Whose turn it is; null: nobody's.</summary>
    public SlotView? Present => Agenda.FirstOrDefault(one => one.Slot.IsPresent);

    /// <summary>What comes after the present slot, or first.</summary>
    public SlotView? Next => Agenda.FirstOrDefault(one => one.Slot.BeganAt is null && (Present is null || one.Slot.Position > Present.Slot.Position));
}

/// <summary>A slot of the agenda.</summary>
/// <param name="StartsAt">As planned, from the webinar's start and the slots before.</param>
/// <param name="MayNote">The reader may note what the group says.</param>
public sealed record SlotView(AgendaSlot Slot, DateTimeOffset StartsAt, GroupView? Group, IReadOnlyList<UpdateView> Updates, bool MayNote);

/// <summary>What a group said.</summary>
public sealed record UpdateView(StockUpdate Update, string Author);

/// <summary>Somebody with the place they belong to.</summary>
public sealed record RoomPerson(Guid Id, string Name, LocalizedText? Organisation);

public sealed record QuestionView(RoomQuestion Question, RoomPerson Author, int Votes, bool IsMine, bool HasMyVote);

/// <summary>A poll with the votes for each choice.</summary>
/// <param name="MyChoice">Index; null: not voted.</param>
public sealed record PollView(RoomPoll Poll, IReadOnlyList<int> Votes, int? MyChoice);

/// <param name="Person">Null: its name is not the reader's to know.</param>
public sealed record HandView(RoomPerson? Person, DateTimeOffset RaisedAt, bool IsMine);
