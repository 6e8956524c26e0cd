using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace TwinHub.Core.Text;

/// <summary>
/// The interface in one language: its texts by key, and (in the other parts of this class) its dates, numbers and
/// names. A value put into a sentence is text already formatted for the reader; a bare number is written as plain digits.
/// </summary>
public sealed partial class Words(string language, IReadOnlyDictionary<string, string> texts)
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    /// <summary>The language's code, one of <see cref="Languages.All"/>.</summary>
    public string Language => language;

    /// <summary>"rtl" or "ltr".</summary>
    public string Direction => Languages.Direction(language);

    /// <summary>The text of a key, its places unfilled. An unknown key is a <see cref="KeyNotFoundException"/>.</summary>
    public string this[string key] => texts.TryGetValue(key, out var text)
        ? text
        : throw new KeyNotFoundException($"There is no text \"{key}\" in the language \"{language}\".");

    /// <summary>The sentence with its places filled. A place without a value is an <see cref="ArgumentException"/>.</summary>
    public string Say(string key, params (string Name, object? Value)[] values) =>
        Placeholders.Fill(this[key], literal => literal, name => Plain(Find(key, name, values)));

    /// <summary>The sentence in the plural form for <paramref name="n"/>; {n} is the formatted number.</summary>
    public string Count(string key, long n, params (string Name, object? Value)[] values) =>
        Say(FormOf(key, n), WithNumber(n, values));

    /// <summary>As <see cref="Say"/> for plain-text mail: each value stands in a first-strong isolate (U+2068 … U+2069).</summary>
    public string Isolated(string key, params (string Name, object? Value)[] values) =>
        Placeholders.Fill(this[key], literal => literal, name => Isolate(Plain(Find(key, name, values))));

    /// <summary>As <see cref="Count"/>, each value isolated as in <see cref="Isolated"/>.</summary>
    public string IsolatedCount(string key, long n, params (string Name, object? Value)[] values) =>
        Isolated(FormOf(key, n), WithNumber(n, values));

    /// <summary>The sentence as HTML: all of it encoded, each value in its own bdi element; HTML values go in as they are.</summary>
    public IHtmlContent Html(string key, params (string Name, object? Value)[] values) =>
        new HtmlString(Placeholders.Fill(this[key], Markup.Encode, name => Markup.Isolate(Find(key, name, values), Plain)));

    /// <summary>As <see cref="Html"/>, in the plural form for <paramref name="n"/>.</summary>
    public IHtmlContent HtmlCount(string key, long n, params (string Name, object? Value)[] values) =>
        Html(FormOf(key, n), WithNumber(n, values));

    /// <summary>The key of the plural form for a number, for who fills the sentence in more than one way.</summary>
    internal string FormOf(string key, decimal n) => $"{key}.{Plurals.Form(language, n)}";

    private (string Name, object? Value)[] WithNumber(long n, (string Name, object? Value)[] values) =>
        [("n", Number(n)), .. values];

    private static object? Find(string key, string name, (string Name, object? Value)[] values)
    {
        foreach (var value in values)
        {
            if (value.Name == name)
            {
                return value.Value;
            }
        }

        throw new ArgumentException($"The text \"{key}\" needs a value for {{{name}}}.", nameof(values));
    }

    private static string Isolate(string value) => $"{FirstStrongIsolate}{value}{PopDirectionalIsolate}";

    // Markup in a plain sentence would show its tags to the reader, or run twice through an encoder.
    private static string Plain(object? value) => value is IHtmlContent
        ? throw new ArgumentException("HTML belongs into Html or HtmlCount, not into a plain sentence.", nameof(value))
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
