using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Realtime;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>What can be done in a room, feature by feature.</summary>
public sealed record RoomActs(AttendanceBook Attendance, AgendaService Agenda, StockService Stock, QuestionService Questions, PollService Polls, HandService Hands);

/// <summary>What stands around a room's parts.</summary>
public sealed record RoomFrame(WebinarReader Webinars, LineOptions Line);
