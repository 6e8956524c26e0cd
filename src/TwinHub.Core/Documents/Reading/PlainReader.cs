using System.Text;

namespace TwinHub.Core.Documents.Reading;

/// <summary>Text as it is: UTF-8, or UTF-16 where it begins as such.</summary>
internal static class PlainReader
{
    public static ReadAnswer Read(string file, string folder)
    {
        using var text = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        KeptText.Write(text, folder);
        return ReadAnswer.Nothing;
    }
}
