using TwinHub.Core.Calendar;

namespace TwinHub.Core.Webinars;

/// <summary>A meeting by invitation only (domain, section 6; seed 004).</summary>
public sealed class Webinar
{
    private Webinar() { }

    public Webinar(Guid networkId, Guid organiserId, string uidDomain, WebinarPlan plan, DateTimeOffset now)
    {
        (Id, NetworkId, OrganiserId, State, CreatedAt) = (Guid.CreateVersion7(), networkId, organiserId, Draft, now);
        Uid = $"{Id}@{uidDomain}";
        Take(plan);
    }

    public const string Draft = "draft";
    public const string Scheduled = "scheduled";
    public const string Cancelled = "cancelled";

    public Guid Id { get; private set; }
    public Guid NetworkId { get; private set; }
    public Guid OrganiserId { get; private set; }

    /// <summary>What calendars call it: fixed for its life (RFC 5545, 3.8.4.7).</summary>
    public string Uid { get; private set; } = "";

    /// <summary>Rises with every move, cancellation and removal of an invitee; never falls (RFC 5546, 2.1.4).</summary>
    public int Sequence { get; private set; }

    /// <summary>Rises with every change: who changes an old version is told (contract, Common rules).</summary>
    public int Version { get; private set; } = 1;

    /// <summary>What was decided: <c>draft</c>, <c>scheduled</c> or <c>cancelled</c>. Live and ended follow from the time: <see cref="StateAt"/>.</summary>
    public string State { get; private set; } = "";

    /// <summary>Without the network's tag: see <see cref="FullTitle"/>.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The wall time promised in <see cref="TimeZone"/>; the instants are derived from it.</summary>
    public DateTime StartsLocal { get; private set; }

    /// <summary>IANA zone.</summary>
    public string TimeZone { get; private set; } = "";

    public int DurationMinutes { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>Such as "Virtual".</summary>
    public string Location { get; private set; } = "";

    /// <summary>Where the meeting itself takes place, an https address; null: not known yet.</summary>
    public string? JoinUrl { get; private set; }

    public string Context { get; private set; } = "";
    public List<string> Aims { get; private set; } = [];

    /// <summary>For whom it is, in the organiser's words.</summary>
    public string Audience { get; private set; } = "";

    /// <summary>Seats; null: as many as come.</summary>
    public int? Capacity { get; private set; }

    /// <summary>In which of the four languages it is held; null: not said.</summary>
    public string? Language { get; private set; }

    /// <summary>What it is about, in a word or two; may be empty.</summary>
    public string Theme { get; private set; } = "";

    public Guid? SeriesId { get; private set; }

    /// <summary>When the invitations of a draft go out by themselves; null: somebody sends them.</summary>
    public DateTimeOffset? PublishAt { get; private set; }

    /// <summary>Since when the invitees are asked which of the proposed dates suit them; null: they are not.</summary>
    public DateTimeOffset? DatesAskedAt { get; private set; }

    /// <summary>What was said and agreed, written afterwards; Markdown.</summary>
    public string Minutes { get; private set; } = "";

    /// <summary>An https address.</summary>
    public string? RecordingUrl { get; private set; }

    /// <summary>When the mail with what came of it went out.</summary>
    public DateTimeOffset? FollowedUpAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ScheduledAt { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>"[HMLN Webinar] Twinning Arrangements" (seed 004).</summary>
    public static string FullTitle(string tag, string title) => $"[{tag} Webinar] {title}";

    /// <summary><c>draft</c>, <c>scheduled</c>, <c>live</c>, <c>ended</c> or <c>cancelled</c> at an instant.</summary>
    public string StateAt(DateTimeOffset now) => State != Scheduled || now < StartsAt ? State : now < EndsAt ? "live" : "ended";

    /// <summary>Why nothing can be changed or answered any more; null: it can.</summary>
    public Refusal? Closed(DateTimeOffset now) => StateAt(now) is var state && state is Cancelled or "ended" ? new(RefusalCode.Closed, $"error.webinar.{state}") : null;

    /// <summary>Why what follows a webinar cannot be done yet, or ever; null: it has taken place.</summary>
    public Refusal? Unfinished(DateTimeOffset now) => StateAt(now) switch
    {
        "ended" => null,
        Cancelled => new(RefusalCode.Closed, "error.webinar.cancelled"),
        _ => new(RefusalCode.Closed, "report.not-over"),
    };

    /// <summary>What invitees were told beside the time: a change of it is worth an update.</summary>
    public (string Title, string Location, string? JoinUrl, string Context, string Audience, string Aims) Said => (Title, Location, JoinUrl, Context, Audience, string.Join('\n', Aims));

    /// <summary>Invitations may go out.</summary>
    public void Publish(DateTimeOffset now) => (State, ScheduledAt, PublishAt, Version) = (Scheduled, now, null, Version + 1);

    /// <summary>Takes over what the organiser entered.</summary>
    /// <returns>Whether start, end or zone changed: then a scheduled one has moved, and its sequence rises.</returns>
    public bool Change(WebinarPlan plan)
    {
        var before = (StartsAt, EndsAt, TimeZone);
        Take(plan);
        Version++;
        var moved = before != (StartsAt, EndsAt, TimeZone);
        if (moved && State == Scheduled)
        {
            Sequence++;
        }
        return moved;
    }

    /// <summary>One of several.</summary>
    /// <param name="publishAt">When its invitations go out by themselves; null: somebody sends them.</param>
    public Webinar InSeries(Guid series, DateTimeOffset? publishAt)
    {
        (SeriesId, PublishAt) = (series, publishAt);
        return this;
    }

    /// <summary>Where it meets, made for it because nobody named a place.</summary>
    public void MeetAt(string address) => JoinUrl = address;

    /// <summary>The draft's invitations go out by themselves from then on.</summary>
    public void PublishFrom(DateTimeOffset at) => PublishAt = at;

    /// <summary>Takes over what the organiser wrote afterwards; the event in calendars stays as it is.</summary>
    public void Record(string minutes, string? recordingUrl) => (Minutes, RecordingUrl, Version) = (minutes, recordingUrl, Version + 1);

    /// <summary>The mail with what came of it went out; once.</summary>
    public void FollowUp(DateTimeOffset now) => FollowedUpAt ??= now;

    public void Cancel(DateTimeOffset now)
    {
        (State, CancelledAt, PublishAt, Version) = (Cancelled, now, null, Version + 1);
        ScheduledAt ??= now;
        Sequence++;
    }

    /// <summary>A draft whose date is being found together.</summary>
    public bool FindsDate => State == Draft && DatesAskedAt is not null;

    /// <summary>Its invitees are asked which dates suit them; when more of them are asked later, the day it began stays. Nothing goes out by itself meanwhile.</summary>
    public void AskDates(DateTimeOffset now) => (DatesAskedAt, PublishAt, Version) = (DatesAskedAt ?? now, null, Version + 1);

    /// <summary>For one invitee who is taken off or asked again: a new number, so that calendars take it for newer.</summary>
    public int NextSequence() => ++Sequence;

    private void Take(WebinarPlan plan)
    {
        (Title, StartsLocal, TimeZone, DurationMinutes) = (plan.Title, plan.StartsLocal, plan.TimeZone, plan.DurationMinutes);
        (Location, JoinUrl, Context, Aims) = (plan.Location, plan.JoinUrl, plan.Context, [.. plan.Aims]);
        (Audience, Capacity, Language, Theme) = (plan.Audience, plan.Capacity, plan.Language, plan.Theme);
        (StartsAt, EndsAt) = (plan.StartsAt, plan.EndsAt);
    }
}

/// <summary>What an organiser decides about a webinar, checked: see <see cref="WebinarInput"/>.</summary>
/// <param name="StartsLocal">The wall time in <paramref name="TimeZone"/>, to the minute.</param>
public sealed record WebinarPlan(
    string Title, DateTime StartsLocal, string TimeZone, int DurationMinutes, string Location, string? JoinUrl,
    string Context, IReadOnlyList<string> Aims, string Audience, int? Capacity, string? Language = null, string Theme = "")
{
    /// <summary>The instant promised, in UTC.</summary>
    public DateTimeOffset StartsAt => ZonedTime.Instant(StartsLocal, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).ToUniversalTime();

    public DateTimeOffset EndsAt => StartsAt.AddMinutes(DurationMinutes);
}
