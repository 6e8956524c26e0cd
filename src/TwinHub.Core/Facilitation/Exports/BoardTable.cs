using TwinHub.Core.Text;

namespace TwinHub.Core.Facilitation.Exports;

/// <summary>The board as rows and columns in a reader's language: texts, numbers and days, each a cell of its kind.</summary>
internal sealed record BoardTable(string Name, bool IsRightToLeft, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    public static BoardTable Of(Board board, Words words) => new(words["facilitate.board"], words.Direction == "rtl",
        [words["facilitate.col.group"], words["facilitate.col.partners"], words["facilitate.col.theme"], words["facilitate.col.status"], words["facilitate.col.sign"], words["facilitate.col.signs"], words["facilitate.col.open"],
            .. board.Quarters.Select(quarter => words.Say("facilitate.update-of", ("quarter", quarter.Label))), words["facilitate.col.review"], words["facilitate.col.given"], words["facilitate.col.gained"],
            words["facilitate.col.invited"], words["facilitate.col.yes"]],
        [.. board.Rows.Select(row => Row(board, row, words))]);

    private static IReadOnlyList<object?> Row(Board board, BoardRow row, Words words)
    {
        var language = words.Language;
        return [row.View.Name(language), string.Join("; ", row.View.Partners.Select(partner => partner.Organisation.Names.In(language))), row.View.Group.Themes.In(language), words[$"group.status.{row.View.Group.Status}"],
            row.LastSign is { } sign ? board.Network.Day(sign) : null, row.Weeks.Sum(), row.Open.All, .. row.States.Select(state => state is null ? "" : words[$"facilitate.state.{state}"]),
            row.Review?.DueOn, Tallies(row, tally => tally.Given, words), Tallies(row, tally => tally.Gained, words), row.Answers?.All, row.Answers?.Yes];
    }

    /// <summary>Two tallies a partner, never one score.</summary>
    private static string Tallies(BoardRow row, Func<Tally, int> count, Words words) =>
        string.Join("; ", row.Tallies.Select(tally => words.Say("facilitate.tally", ("partner", tally.Partner.Organisation.ShortName(words.Language)), ("n", count(tally)))));
}
