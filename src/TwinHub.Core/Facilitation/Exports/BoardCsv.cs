using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace TwinHub.Core.Facilitation.Exports;

/// <summary>A table as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it. What could be a formula is made a text (ASVS 1.2.10).</summary>
internal static class BoardCsv
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    public static byte[] Write(BoardTable table)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, Format))
        {
            Line(csv, table.Headings);
            table.Rows.ToList().ForEach(row => Line(csv, row.Select(Text)));
        }
        return bytes.ToArray();
    }

    private static void Line(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }
        csv.NextRecord();
    }

    private static string Text(object? value) => value is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
