using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace TwinHub.Core.Exports;

/// <summary>A table as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it. What could be a formula is made a text (ASVS 1.2.10).</summary>
internal static class CsvFile
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    /// <param name="rows">Cells of each row in order: texts, numbers, days (as 2026-10-01) or nothing.</param>
    public static byte[] Write(IReadOnlyList<string> headings, IEnumerable<IEnumerable<object?>> rows)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, Format))
        {
            foreach (var row in rows.Prepend(headings))
            {
                row.ToList().ForEach(cell => csv.WriteField(Text(cell)));
                csv.NextRecord();
            }
        }
        return bytes.ToArray();
    }

    private static string Text(object? cell) => cell is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
}
