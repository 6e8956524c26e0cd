namespace TwinHub.Realtime;

/// <summary>Where connections of this node are: in channels and groups, in rooms of webinars, and before everybody's eyes.</summary>
public sealed record LiveRooms(Rooms Channels, RoomBoard Board, PresenceBoard Presence);
