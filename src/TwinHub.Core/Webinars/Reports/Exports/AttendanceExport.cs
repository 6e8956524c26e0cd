using System.Globalization;
using TwinHub.Core.Exports;
using TwinHub.Core.Text;

namespace TwinHub.Core.Webinars.Reports.Exports;

/// <summary>The attendance of a webinar as a file, for who runs it.</summary>
public sealed class AttendanceExport(AttendanceReader attendances)
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="format"><c>csv</c> or <c>xlsx</c>; of any other there is no file.</param>
    /// <param name="words">The language of headings and names.</param>
    public async Task<Outcome<ExportFile>> Write(Guid actor, Guid id, string format, Words words, CancellationToken cancel)
    {
        var read = await attendances.Read(actor, id, cancel);
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }
        var table = AttendanceTable.Of(read.Value, words);
        var name = $"attendance-{read.Value.View.Webinar.StartsLocal.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{format}";
        return format switch
        {
            "csv" => new ExportFile(CsvFile.Write(table.Headings, table.Rows.Select(row => row.Cells)), "text/csv; charset=utf-8", name),
            "xlsx" => new ExportFile(AttendanceWorkbook.Write(table), Workbook, name),
            _ => Refusal.NotFound,
        };
    }
}
