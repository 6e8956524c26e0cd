using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Realtime;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>
/// The room of a webinar, for who comes: the agenda with the present slot, questions, polls, hands, who is there. Every
/// button is a plain form; with the script the parts that change are read again by themselves.
/// </summary>
public sealed class RoomModel(Reader reader, RoomVisitor visitor, RoomReader rooms, RoomActs acts, RoomFrame frame) : PageModel
{
    private static readonly Dictionary<string, RoomParts> Names = new()
    {
        ["agenda"] = RoomParts.Agenda, ["questions"] = RoomParts.Questions, ["polls"] = RoomParts.Polls, ["hands"] = RoomParts.Hands, ["people"] = RoomParts.People,
    };

    private RoomGuest _guest = null!;

    public WebinarView View { get; private set; } = null!;
    public RoomView Shown { get; private set; } = null!;
    public RoomParts Parts { get; private set; } = RoomParts.All;

    /// <summary>The reader's person.</summary>
    public Guid Me => _guest.Viewer.PersonId;

    /// <summary>Where the page listens for changes; a room's session says that it is one.</summary>
    public string Hub => RealtimeSetup.HubPath + (_guest.BySession ? "?room=" + Shown.Webinar.Id : "");

    /// <summary>Milliseconds without a sound after which the line is dead.</summary>
    public int Silence => (int)frame.Line.Silence.TotalMilliseconds;

    /// <summary>Why the last press was not taken, and in which part of the room it was.</summary>
    public Refusal? Refused { get; private set; }

    public RoomParts RefusedIn { get; private set; }

    /// <summary>What was typed and not taken.</summary>
    public string? Typed { get; private set; }

    /// <summary>The refusal where it belongs.</summary>
    public Refusal? RefusedHere(RoomParts part) => RefusedIn == part ? Refused : null;

    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel) => await Load(id, RoomParts.All, cancel) ?? Page();

    /// <summary>Some parts alone, for the script.</summary>
    public async Task<IActionResult> OnGetParts(Guid id, string[] what, CancellationToken cancel)
    {
        var parts = what.Aggregate(RoomParts.None, (sum, name) => sum | Names.GetValueOrDefault(name));
        return await Load(id, parts, cancel) ?? Partial("_RoomParts", this);
    }

    /// <summary>Opens the meeting itself and notes that.</summary>
    public async Task<IActionResult> OnPostMeeting(Guid id, CancellationToken cancel)
    {
        if (await Enter(id, cancel) is { } hidden)
        {
            return hidden;
        }
        var meeting = await acts.Attendance.OpenMeeting(Me, id, cancel);
        return meeting.Refusal is { } refusal ? await Refuse(id, refusal, RoomParts.People, null, cancel) : Redirect(meeting.Value);
    }

    public Task<IActionResult> OnPostAsk(Guid id, Guid key, string? body, CancellationToken cancel) =>
        Act(id, RoomParts.Questions, body, () => acts.Questions.Ask(Me, id, key, body, cancel), cancel);

    public Task<IActionResult> OnPostVote(Guid id, Guid question, bool on, CancellationToken cancel) =>
        Act(id, RoomParts.Questions, null, () => acts.Questions.Vote(Me, id, question, on, cancel), cancel);

    public Task<IActionResult> OnPostAnswered(Guid id, Guid question, bool on, CancellationToken cancel) =>
        Act(id, RoomParts.Questions, null, () => acts.Questions.Answer(Me, id, question, on, cancel), cancel);

    public Task<IActionResult> OnPostHide(Guid id, Guid question, CancellationToken cancel) =>
        Act(id, RoomParts.Questions, null, () => acts.Questions.Hide(Me, id, question, cancel), cancel);

    public Task<IActionResult> OnPostHand(Guid id, bool up, CancellationToken cancel) =>
        Act(id, RoomParts.Hands, null, () => acts.Hands.Raise(Me, id, up, cancel), cancel);

    public Task<IActionResult> OnPostLower(Guid id, Guid person, CancellationToken cancel) =>
        Act(id, RoomParts.Hands, null, () => acts.Hands.Lower(Me, id, person, cancel), cancel);

    public Task<IActionResult> OnPostPoll(Guid id, string? question, string?[] choices, CancellationToken cancel) =>
        Act(id, RoomParts.Polls, question, () => acts.Polls.Open(Me, id, question, choices, cancel), cancel);

    public Task<IActionResult> OnPostChoose(Guid id, Guid poll, int? choice, CancellationToken cancel) =>
        Act(id, RoomParts.Polls, null, () => acts.Polls.Vote(Me, id, poll, choice, cancel), cancel);

    public Task<IActionResult> OnPostClosePoll(Guid id, Guid poll, CancellationToken cancel) =>
        Act(id, RoomParts.Polls, null, () => acts.Polls.Close(Me, id, poll, cancel), cancel);

    public Task<IActionResult> OnPostBegin(Guid id, Guid slot, CancellationToken cancel) =>
        Act(id, RoomParts.Agenda, null, () => acts.Agenda.Begin(Me, id, slot, cancel), cancel);

    public Task<IActionResult> OnPostEnd(Guid id, CancellationToken cancel) =>
        Act(id, RoomParts.Agenda, null, () => acts.Agenda.End(Me, id, cancel), cancel);

    /// <summary>What a group says in its slot.</summary>
    public Task<IActionResult> OnPostNote(Guid id, Guid slot, Guid key, string? body, CancellationToken cancel) =>
        Act(id, RoomParts.Agenda, body, () => acts.Stock.Note(Me, id, slot, new MessageDraft(key, body ?? ""), cancel), cancel);

    private async Task<IActionResult> Act(Guid id, RoomParts part, string? typed, Func<Task<Outcome<bool>>> act, CancellationToken cancel)
    {
        if (await Enter(id, cancel) is { } hidden)
        {
            return hidden;
        }
        var done = await act();
        return done.Refusal is not { } refusal ? Redirect($"/webinars/{id}/room")
            : refusal.Code is RefusalCode.NotFound ? NotFound()
            : await Refuse(id, refusal, part, typed, cancel);
    }

    private async Task<IActionResult> Refuse(Guid id, Refusal refusal, RoomParts part, string? typed, CancellationToken cancel)
    {
        (Refused, RefusedIn, Typed) = (refusal, part, typed);
        if (await Load(id, RoomParts.All, cancel) is { } hidden)
        {
            return hidden;
        }
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return Page();
    }

    private async Task<IActionResult?> Enter(Guid id, CancellationToken cancel)
    {
        if (await visitor.At(id, cancel) is not { } guest)
        {
            // A room's session ends with its room; who is nobody here may still be somebody after signing in.
            return reader.Viewer is not null ? NotFound() : Auth.TokenCookie.Room.Read(Request) is not null ? Redirect("/rooms/over") : Challenge();
        }
        _guest = guest;
        return null;
    }

    private async Task<IActionResult?> Load(Guid id, RoomParts parts, CancellationToken cancel)
    {
        if (await Enter(id, cancel) is { } hidden)
        {
            return hidden;
        }
        Parts = parts;
        var read = await rooms.Read(Me, id, parts, cancel);
        if (read.Refusal is { } refusal)
        {
            // The webinar's page says when the room opens, that it is over, or asks for the answer.
            return refusal.Code == RefusalCode.NotFound ? NotFound() : Redirect(_guest.BySession ? "/rooms/over" : $"/webinars/{id}");
        }
        Shown = read.Value;
        if (parts == RoomParts.All)
        {
            View = (await frame.Webinars.Find(Me, id, cancel)).Value;
        }
        return null;
    }
}
