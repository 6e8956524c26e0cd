using TwinHub.Core.Facilitation;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>The facts of a row in words.</summary>
public static class BoardWords
{
    private const int DaysInWeeks = 14;

    /// <summary>"2 hours", "yesterday", "9 days", "5 weeks": how long ago the last sign of life was.</summary>
    public static string Sign(BoardRow row, Board board, Reader reader) => row.LastSign is not { } at ? reader.W["facilitate.no-sign"] : (board.Now - at) switch
    {
        { TotalHours: < 1 } => reader.W["ago.now"],
        { TotalHours: < 24 } passed => reader.W.Count("facilitate.sign.hours", (long)passed.TotalHours),
        { TotalDays: < 2 } => reader.W["facilitate.sign.yesterday"],
        { TotalDays: < DaysInWeeks } passed => reader.W.Count("facilitate.sign.days", (long)passed.TotalDays),
        var passed => reader.W.Count("facilitate.sign.weeks", (long)passed.TotalDays / 7),
    };

    /// <summary>"23 Oct": the year is known from what stands beside it.</summary>
    public static string Day(DateOnly day, Words words) => words.DayMonth(day) is var (number, month) ? $"{number} {month}" : "";

    /// <summary>How a group is drawn and spoken of on the map: late goes before quiet.</summary>
    public static string State(BoardRow row, Board board) => row.IsOverdue ? "overdue" : row.IsQuiet(board.Now) ? "quiet" : "alive";
}
