using TwinHub.Core.People;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>
/// Who stands at a room's door: the signed-in person where they see the webinar, else whoever holds a session for that room.
/// The page then speaks to that person, whoever else is signed in.
/// </summary>
public sealed class RoomVisitor(Reader reader, RoomReader rooms, RoomDoor door, IHttpContextAccessor http)
{
    /// <summary>Null: nobody who sees the webinar.</summary>
    public async Task<RoomGuest?> At(Guid webinar, CancellationToken cancel)
    {
        if (reader.Viewer is { } viewer && await rooms.Sees(viewer.PersonId, webinar, cancel))
        {
            return new(viewer, BySession: false);
        }
        if (TokenCookie.Room.Read(http.HttpContext!.Request) is not { } pass || await door.Read(pass, webinar, cancel) is not { } guest)
        {
            return null;
        }
        reader.SpeakTo(guest.Language, guest.TimeZone);
        return new(guest, BySession: true);
    }
}

/// <summary>Somebody at a room's door.</summary>
/// <param name="BySession">They came by a mailed link and see this room alone.</param>
public sealed record RoomGuest(Viewer Viewer, bool BySession);
