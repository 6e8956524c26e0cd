using System.Globalization;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Api;

/// <summary>Webinars and invitations as the contract shapes them.</summary>
internal static class WebinarShapes
{
    public static object Of(WebinarView view, DateTimeOffset now)
    {
        var webinar = view.Webinar;
        return new
        {
            id = webinar.Id, network = view.Network.Slug, title = webinar.Title, fullTitle = view.Title,
            startsAt = webinar.StartsLocal.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), timeZone = webinar.TimeZone,
            durationMinutes = webinar.DurationMinutes, startsAtUtc = Utc(webinar.StartsAt), endsAtUtc = Utc(webinar.EndsAt),
            location = webinar.Location, joinUrl = webinar.JoinUrl, organiser = new { id = view.Organiser.Id, name = view.Organiser.Name },
            context = webinar.Context, aims = webinar.Aims, audience = webinar.Audience, capacity = webinar.Capacity, language = webinar.Language, theme = webinar.Theme,
            state = webinar.StateAt(now), uid = webinar.Uid, sequence = webinar.Sequence, version = webinar.Version,
            myResponse = view.Mine?.Response,
        };
    }

    public static object Of(InvitationView view) => new
    {
        id = view.Invitation.Id, email = view.Email, name = view.Name, response = view.Invitation.Response,
        respondedAt = view.Invitation.RespondedAt is { } at ? Utc(at) : (DateTime?)null, via = view.Invitation.Via, mail = view.Mail, group = view.Group, guest = view.Guest,
    };

    /// <summary>Written with a Z.</summary>
    private static DateTime Utc(DateTimeOffset at) => at.UtcDateTime;
}
