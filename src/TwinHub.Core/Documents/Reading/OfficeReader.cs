using System.Globalization;
using System.IO.Compression;
using System.Xml;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Reading;

/// <summary>
/// The words of Word, Excel and PowerPoint files (ISO/IEC 29500), straight from the parts that hold them: relationships are never
/// read, so nothing outside can be asked for; a DTD ends the reading.
/// </summary>
internal static class OfficeReader
{
    /// <summary>Characters of XML one part may have.</summary>
    private const long MostInPart = 60_000_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostInPart, MaxCharactersFromEntities = 1024, IgnoreComments = true, IgnoreProcessingInstructions = true,
    };

    public static ReadAnswer Read(string file, string type, string folder)
    {
        using var content = File.OpenRead(file);
        if (ArchiveBounds.Fault(content) is { } fault)
        {
            return new ReadAnswer(fault);
        }
        using var archive = new ZipArchive(content, ZipArchiveMode.Read);
        var text = new KeptText();
        foreach (var part in Parts(archive, type).TakeWhile(_ => !text.IsFull))
        {
            using var opened = part.Open();
            using var xml = XmlReader.Create(opened, Settings);
            Read(xml, text);
        }
        text.Write(folder);
        return new ReadAnswer(Pages: type == FileTypes.PowerPoint ? Numbered(archive, "ppt/slides/slide").Count() : null);
    }

    private static IEnumerable<ZipArchiveEntry> Parts(ZipArchive archive, string type) => type switch
    {
        FileTypes.Word => [.. One(archive, "word/document.xml"), .. One(archive, "word/footnotes.xml"), .. One(archive, "word/endnotes.xml"), .. Numbered(archive, "word/header"), .. Numbered(archive, "word/footer")],
        FileTypes.Excel => [.. One(archive, "xl/workbook.xml"), .. One(archive, "xl/sharedStrings.xml"), .. Numbered(archive, "xl/worksheets/sheet")],
        _ => [.. Numbered(archive, "ppt/slides/slide"), .. Numbered(archive, "ppt/notesSlides/notesSlide")],
    };

    private static IEnumerable<ZipArchiveEntry> One(ZipArchive archive, string name) => archive.Entries.Where(entry => entry.FullName == name).Take(1);

    /// <summary>Parts of a name and a number, in the order of their numbers.</summary>
    private static IEnumerable<ZipArchiveEntry> Numbered(ZipArchive archive, string stem) => archive.Entries
        .Where(entry => entry.FullName.StartsWith(stem, StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal))
        .Select(entry => (Entry: entry, IsNumber: int.TryParse(entry.FullName[stem.Length..^4], NumberStyles.None, CultureInfo.InvariantCulture, out var number), Number: number))
        .Where(one => one.IsNumber).OrderBy(one => one.Number).Select(one => one.Entry);

    /// <summary>Elements named t hold text in all three languages; paragraphs, cells and breaks part it. What was deleted or is an instruction has other names.</summary>
    private static void Read(XmlReader xml, KeptText text)
    {
        while (!text.IsFull && xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                Begin(xml, text);
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName is "p" or "si" or "c")
            {
                text.Add("\n");
            }
        }
    }

    private static void Begin(XmlReader xml, KeptText text)
    {
        switch (xml.LocalName)
        {
            case "t" when !xml.IsEmptyElement && xml.Read() && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                text.Add(xml.Value);
                break;
            case "tab":
                text.Add("\t");
                break;
            case "br" or "cr":
                text.Add("\n");
                break;
            case "sheet" when xml.GetAttribute("name") is { } name:
                text.Add(name + "\n");
                break;
        }
    }
}
