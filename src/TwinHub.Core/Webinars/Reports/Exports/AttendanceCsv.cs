using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace TwinHub.Core.Webinars.Reports.Exports;

/// <summary>A table as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it. What could be a formula is made a text (ASVS 1.2.10).</summary>
internal static class AttendanceCsv
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    public static byte[] Write(AttendanceTable table)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, Format))
        {
            Line(csv, table.Headings);
            foreach (var row in table.Rows)
            {
                Line(csv, [.. row.Texts, Time(row.Joined), Time(row.Left), row.Minutes?.ToString(CultureInfo.InvariantCulture) ?? ""]);
            }
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

    private static string Time(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
