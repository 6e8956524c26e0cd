using System.Text;
using System.Text.RegularExpressions;

namespace TwinHub.Core.Mail;

/// <summary>What people wrote, for readers who do not know them: mail clients make links of whatever looks like one.</summary>
public static partial class FreeText
{
    /// <summary>
    /// The text without anything a client would turn into a link: an address with its scheme becomes
    /// <paramref name="instead"/>, and a bare domain is parted by a blank ("example. org"), which loses no word.
    /// </summary>
    public static string WithoutLinks(string text, string instead) => Part(Scheme().Replace(text, instead));

    private static string Part(string text)
    {
        var parted = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            parted.Append(text[i]);
            if (text[i] == '.' && i > 0 && i + 2 < text.Length && !char.IsWhiteSpace(text[i - 1]) && char.IsLetter(text[i + 1]) && char.IsLetterOrDigit(text[i + 2]))
            {
                parted.Append(' ');
            }
        }
        return parted.ToString();
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]*:(?://|\\\\)\S*|mailto:\S*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
