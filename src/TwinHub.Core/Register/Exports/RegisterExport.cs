using System.Globalization;
using TwinHub.Core.Exports;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register.Exports;

/// <summary>The register as a file to take away, for whoever may read it.</summary>
public sealed class RegisterExport(RegisterArchive archive, HubClock clock)
{
    /// <summary>The formats there are.</summary>
    public static readonly IReadOnlyList<string> Formats = ["csv", "xlsx", "json"];

    /// <param name="format"><c>csv</c> (a row a group), <c>xlsx</c> (also a sheet with a row a quarter) or <c>json</c> (both); of any other there is no file.</param>
    /// <param name="words">The language of headings and names.</param>
    public async Task<Outcome<ExportFile>> Write(Guid person, string network, RegisterFilter filter, string? format, Words words, CancellationToken cancel)
    {
        if (format is null || !Formats.Contains(format))
        {
            return Refusal.NotFound;
        }
        var read = await archive.Read(person, network, filter, cancel);
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }
        var name = $"register-{read.Value.Network.Slug}-{read.Value.Network.Day(clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{format}";
        return format switch
        {
            "csv" when RegisterSheet.OfGroups(read.Value, words) is var sheet => new ExportFile(CsvFile.Write(sheet.Headings, sheet.Rows), "text/csv; charset=utf-8", name),
            "xlsx" => new ExportFile(RegisterWorkbook.Write(words.Direction == "rtl", RegisterSheet.OfGroups(read.Value, words), RegisterSheet.OfQuarters(read.Value, words)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name),
            _ => new ExportFile(RegisterJson.Write(read.Value, words), "application/json; charset=utf-8", name),
        };
    }
}
