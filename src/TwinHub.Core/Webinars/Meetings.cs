using System.Security.Cryptography;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Webinars;

/// <summary>Section <c>Meetings</c> of the configuration: where webinars meet.</summary>
public sealed record MeetingOptions
{
    public const string Link = "Link";
    public const string Jitsi = "Jitsi";

    /// <summary><c>Link</c>: the address the organiser enters; <c>Jitsi</c>: where none was entered, a room at <see cref="JitsiUrl"/>.</summary>
    public string Provider { get; init; } = Link;

    /// <summary>A Jitsi Meet installation, an https address.</summary>
    public string JitsiUrl { get; init; } = "https://meet.jit.si";
}

/// <summary>The names a webinar gets: its place in calendars and its meeting.</summary>
public sealed class Meetings(MailOptions mail, MeetingOptions options)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Where UIDs are unique: never changes what a webinar that lives already has.</summary>
    public string UidDomain => mail.ReplyDomain.Length > 0 ? mail.ReplyDomain : mail.From.Split('@')[1];

    /// <summary>Whether a meeting's address is made where the organiser enters none.</summary>
    public bool MakesRooms => options.Provider == MeetingOptions.Jitsi;

    /// <summary>A room of its own for a webinar without a meeting, such as <c>/HMLN-2027-03-30-…</c>; 100 random bits keep others out. Null: none is made.</summary>
    internal string? Room(Webinar webinar, Network network) => !MakesRooms || webinar.JoinUrl is not null ? null
        : $"{options.JitsiUrl.TrimEnd('/')}/{network.Tag}-{webinar.StartsLocal:yyyy-MM-dd}-{RandomNumberGenerator.GetString(Letters, 20)}";
}
