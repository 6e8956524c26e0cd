using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace TwinHub.Core.Register.Exports;

/// <summary>A sheet as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it. What could be a formula is made a text (ASVS 1.2.10).</summary>
internal static class RegisterCsv
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    public static byte[] Write(RegisterSheet sheet)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, Format))
        {
            foreach (var row in sheet.Rows.Prepend(sheet.Headings))
            {
                row.ToList().ForEach(cell => csv.WriteField(Field(cell)));
                csv.NextRecord();
            }
        }
        return bytes.ToArray();
    }

    private static string Field(object? cell) => cell is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : (string?)cell ?? "";
}
