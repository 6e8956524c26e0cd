using System.Text;

namespace TwinHub.Core.Text;

/// <summary>Sentences with named places, such as "Hello {name},".</summary>
public static class Placeholders
{
    /// <summary>The names of the places in a sentence, in reading order. An unclosed brace is a <see cref="FormatException"/>.</summary>
    public static IReadOnlyList<string> In(string sentence)
    {
        var names = new List<string>();
        Fill(sentence, literal => literal, name =>
        {
            names.Add(name);
            return "";
        });
        return names;
    }

    /// <summary>
    /// Fills every place once, from left to right. What is filled in is never looked at again, so a value that
    /// holds "{other}" stays as a person wrote it.
    /// </summary>
    internal static string Fill(string sentence, Func<string, string> literal, Func<string, string> value)
    {
        var filled = new StringBuilder();
        var position = 0;
        while (sentence.IndexOf('{', position) is var open and >= 0)
        {
            var close = sentence.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"A brace is not closed in \"{sentence}\".");
            }

            filled.Append(literal(sentence[position..open])).Append(value(sentence[(open + 1)..close]));
            position = close + 1;
        }

        return filled.Append(literal(sentence[position..])).ToString();
    }
}
