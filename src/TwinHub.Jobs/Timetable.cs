using TwinHub.Core.Live;

namespace TwinHub.Jobs;

/// <summary>When each sweep runs, on one screen. A notice wakes a sweep at once; the interval is the net beneath.</summary>
public static class Timetable
{
    public static readonly IReadOnlyList<Slot> Slots =
    [
        new(typeof(AnswerSignIns), TimeSpan.FromSeconds(30), Notice.SignInAsked),
        new(typeof(SendPlannedInvitations), TimeSpan.FromSeconds(30), null),
        new(typeof(OpenUpdates), TimeSpan.FromSeconds(30), null),
        new(typeof(SendDueReminders), TimeSpan.FromSeconds(30), null),
        new(typeof(DeliverMail), TimeSpan.FromSeconds(30), Notice.MailQueued),
        new(typeof(WorkOffMail), TimeSpan.FromSeconds(5), Notice.MailArrived),
        // What it is woken for becomes due a little later.
        new(typeof(AnnounceDocuments), TimeSpan.FromSeconds(5), Notice.DocumentNews),
        new(typeof(ReadContents), TimeSpan.FromSeconds(30), Notice.ContentArrived),
        new(typeof(TidyUp), TimeSpan.FromHours(1), null),
        new(typeof(SweepStorage), TimeSpan.FromDays(1), null),
    ];
}

/// <summary>One line of the timetable.</summary>
/// <param name="Job">The sweep.</param>
/// <param name="Every">At least this often.</param>
/// <param name="WokenBy">The kind of notice that wakes it, if any.</param>
public sealed record Slot(Type Job, TimeSpan Every, string? WokenBy)
{
    public string Name => Job.Name;
}
