using System.Globalization;
using TwinHub.Core.Exports;
using TwinHub.Core.Text;

namespace TwinHub.Core.Facilitation.Exports;

/// <summary>The board with its archive as a file, for donors.</summary>
public sealed class BoardExport(BoardReader boards)
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="slug">The network; null: the first one the person facilitates.</param>
    /// <param name="format"><c>csv</c> or <c>xlsx</c>; of any other there is no file.</param>
    /// <param name="words">The language of headings and names.</param>
    public async Task<Outcome<ExportFile>> Write(Guid actor, string? slug, string? format, Words words, CancellationToken cancel)
    {
        var board = await boards.Read(actor, slug, archive: true, cancel);
        if (board.Refusal is { } refusal)
        {
            return refusal;
        }
        var name = $"{board.Value.Network.Slug}-{board.Value.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{format}";
        return format switch
        {
            "csv" when BoardTable.Of(board.Value, words) is var table => new ExportFile(CsvFile.Write(table.Headings, table.Rows), "text/csv; charset=utf-8", name),
            "xlsx" => new ExportFile(BoardWorkbook.Write(BoardTable.Of(board.Value, words)), Workbook, name),
            _ => Refusal.NotFound,
        };
    }
}
