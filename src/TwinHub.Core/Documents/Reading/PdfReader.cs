using System.Globalization;

namespace TwinHub.Core.Documents.Reading;

/// <summary>PDF by poppler-utils: number of pages, text, and the first page as a picture.</summary>
internal static class PdfReader
{
    /// <summary>Pages of which text is read.</summary>
    private const string MostPages = "1000";

    public static ReadAnswer Read(string file, string folder)
    {
        if (Tool.Run("pdfinfo", file) is not { } told)
        {
            // Not installed, locked by a password, or broken: a plain card.
            return ReadAnswer.Nothing;
        }
        var raw = Path.Combine(folder, "raw");
        if (Tool.Run("pdftotext", "-enc", "UTF-8", "-nopgbrk", "-l", MostPages, file, raw) is not null)
        {
            using var text = File.OpenText(raw);
            KeptText.Write(text, folder);
        }
        var page = Path.Combine(folder, "page");
        var drawn = Tool.Run("pdftoppm", "-f", "1", "-singlefile", "-scale-to", PictureReader.Large.ToString(CultureInfo.InvariantCulture), "-png", file, page) is not null;
        return new ReadAnswer(null, null, null, Pages(told), drawn ? PictureReader.Previews(page + ".png", folder) : []);
    }

    /// <summary>
    /// Draws every page into a PDF of its own: what is seen and its words stay, scripts, forms, actions, links and embedded files
    /// do not come along. See <c>PreviewsDoor</c> for why.
    /// </summary>
    public static ReadAnswer Rewrite(string file, string folder) =>
        Tool.Run("pdftocairo", "-pdf", "-l", VersionPreview.MostPagesShown.ToString(CultureInfo.InvariantCulture), file, Path.Combine(folder, ReadNames.Rewritten)) is null ? new ReadAnswer("rewrite") : ReadAnswer.Nothing;

    private static int? Pages(string told) =>
        told.Split('\n').FirstOrDefault(line => line.StartsWith("Pages:", StringComparison.Ordinal)) is { } line
        && int.TryParse(line["Pages:".Length..], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pages) && pages > 0 ? pages : null;
}
