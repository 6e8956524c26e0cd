using System.Buffers.Binary;
using System.Buffers.Text;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Webinars;

/// <summary>A webinar as a person sees it.</summary>
/// <param name="Runs">The person may change it and sees who is invited.</param>
/// <param name="Mine">The person's own invitation; null: none.</param>
/// <param name="Invited">How many are invited.</param>
/// <param name="Accepted">How many of them come.</param>
public sealed record WebinarView(Webinar Webinar, Network Network, WebinarPerson Organiser, bool Runs, Invitation? Mine, int Invited, int Accepted)
{
    public string Title => Webinar.FullTitle(Network.Tag, Webinar.Title);
}

/// <summary>Somebody as others see them.</summary>
public sealed record WebinarPerson(Guid Id, string Name, string TimeZone);

/// <summary>An invitation as the organiser sees it.</summary>
/// <param name="Group">Slug of the group through which the person was asked.</param>
/// <param name="Mail">What became of the newest calendar mail: <c>queued</c>, <c>sent</c>, <c>bounced</c>, <c>failed</c> or <c>missed</c>; null: none was written yet.</param>
public sealed record InvitationView(Invitation Invitation, string Email, string Name, string Language, string TimeZone, bool Guest, string? Country, LocalizedText? Organisation, string? Group, string? Mail, string? MailError);

/// <summary>A line of the log with the person's name; null where nobody invited was meant.</summary>
public sealed record InvitationLogView(InvitationLogEntry Entry, string? Name);

/// <summary>Where a page of webinars ends and the next begins.</summary>
public sealed record WebinarCursor(DateTimeOffset StartsAt, Guid Id)
{
    /// <summary>As programs carry it: 32 characters they need not understand.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, StartsAt.UtcTicks);
        Id.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null when it is none of ours.</summary>
    public static WebinarCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[24];
        var isWhole = text.Length == 32 && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == bytes.Length;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return isWhole && ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks ? new(new(ticks, TimeSpan.Zero), new Guid(bytes[8..])) : null;
    }
}

/// <summary>An answer page as its link shows it, signed in or not.</summary>
public sealed record AnswerPage(WebinarView View, Invitation Invitation, string Name, string Language, string TimeZone, string State);

/// <summary>Which webinars to list; what is null does not matter.</summary>
/// <param name="State"><c>draft</c>, <c>scheduled</c>, <c>live</c>, <c>ended</c> or <c>cancelled</c>.</param>
/// <param name="Text">Words in the title, the context or the audience.</param>
/// <param name="Theme">Words in the theme of the webinar, or of a group invited to it.</param>
/// <param name="Language">The language in which it is held.</param>
/// <param name="Upcoming">True: those that are not over, soonest first; false: those that are, newest first.</param>
public sealed record WebinarFilter(string? Network = null, string? Group = null, Guid? Organiser = null, DateTimeOffset? From = null, DateTimeOffset? Until = null, string? State = null, string? Text = null, bool? Upcoming = null, string? Theme = null, string? Language = null);
