namespace TwinHub.Core.Data;

/// <summary>A webinar of the demo; days and minutes are counted from when the demo is made.</summary>
/// <param name="StartsInDays">With <paramref name="Time"/> in the network's zone; null: <paramref name="StartsInMinutes"/> says when.</param>
/// <param name="Coming">How many of a hundred said yes; null: nobody has been asked yet, and the invitations go out by themselves.</param>
/// <param name="Present">How many of a hundred of those came.</param>
public sealed record DemoWebinar(
    string Network, string Organiser, string Title, int? StartsInMinutes, int? StartsInDays, string? Time, int DurationMinutes, string Language, string Theme, string Context,
    List<string> Aims, string Audience, int? Capacity, int? Coming, int? Present, List<DemoSlot> Agenda, List<DemoQuestion> Questions, List<DemoPoll> Polls, List<DemoMaterial> Materials,
    string? Recording, string? Minutes, bool Survey, bool FollowedUp);

/// <summary>A slot of an agenda; of one under way the first ones were held and one is present.</summary>
public sealed record DemoSlot(string Title, string? Speaker, int Minutes, string? Group, bool Held, bool Now, List<DemoUpdate>? Updates);

public sealed record DemoUpdate(string By, string Text);

public sealed record DemoQuestion(string By, string Text, int Votes, bool Answered);

public sealed record DemoPoll(string Question, List<string> Choices, List<int> Votes, bool Open);

public sealed record DemoMaterial(string Title, string Url);
