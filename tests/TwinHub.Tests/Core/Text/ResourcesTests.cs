using System.Text.RegularExpressions;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

/// <summary>What every text of the interface must keep to, whichever feature it belongs to.</summary>
public sealed class ResourcesTests
{
    private static readonly string[] AllForms = ["zero", "one", "two", "few", "many", "other"];

    // These may say the number in words, or leave it out: "two messages". The French "one" is also said of 0.
    private static readonly string[] FormsOfOneNumber = ["zero", "one", "two"];

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All => Texts.Shared.All;

    [Fact]
    public void Every_text_has_exactly_its_languages() => Assert.Empty(
        from text in All
        let missing = Languages.All.Where(language => IsUsed(text.Key, language) != text.Value.ContainsKey(language))
        let unknown = text.Value.Keys.Where(language => !Languages.IsKnown(language))
        from language in missing.Concat(unknown)
        select $"{text.Key} [{language}]");

    [Fact]
    public void Every_plural_has_all_forms() => Assert.Empty(
        from plural in All.Keys.Where(IsPlural).Select(Base).Distinct()
        from form in AllForms
        where !All.ContainsKey($"{plural}.{form}")
        select $"{plural}.{form}");

    [Fact]
    public void No_text_is_empty_or_padded() => Offenders((_, text) => text.Length == 0 || text != text.Trim());

    [Fact]
    public void Every_brace_has_its_pair() =>
        Offenders((_, text) => Without(text, @"\{[a-z][a-z0-9_]*\}").Any(c => c is '{' or '}'));

    [Fact]
    public void The_places_are_the_same_in_all_languages() => Assert.Empty(
        from text in All
        let key = IsPlural(text.Key) ? $"{Base(text.Key)}.other" : text.Key
        from translation in text.Value
        where !Names(translation.Value).SetEquals(Names(All[key]["en"]))
        select $"{text.Key} [{translation.Key}]");

    [Fact]
    public void A_form_of_many_numbers_shows_its_number() => Offenders((key, language, text) =>
        IsPlural(key) && (!FormsOfOneNumber.Contains(Form(key)) || (language, Form(key)) == ("fr", "one"))
        && !Placeholders.In(text).Contains("n"));

    [Fact]
    public void Digits_are_Latin() => Offenders((_, text) => text.Any(c => char.IsDigit(c) && !char.IsAsciiDigit(c)));

    [Fact]
    public void Quotes_and_apostrophes_are_typographic() => Offenders((_, text) => text.AsSpan().ContainsAny('\'', '"'));

    [Fact]
    public void French_keeps_its_signs_on_the_line() => Offenders((_, language, text) =>
        language == "fr" && Regex.IsMatch(text, @" [;:!?%»]|«[ \w]|[\w}][;!?»]|[\p{L}}]:( |$)|[\d}]%", RegexOptions.NonBacktracking));

    // "And" (\u0648) may: it stands before an Arabic name written to it.
    [Fact]
    public void No_Arabic_letter_clings_to_a_place() => Offenders((_, language, text) =>
        language == "ar" && Regex.IsMatch(text, @"[\u0621-\u0647\u0649-\u0652]\{|\}[\u0621-\u0652]", RegexOptions.NonBacktracking));

    [Fact]
    public void No_Turkish_suffix_follows_a_place() => Offenders((_, language, text) =>
        language == "tr" && Regex.IsMatch(text, @"\}[’\p{L}]", RegexOptions.NonBacktracking));

    [Fact]
    public void The_errors_of_the_contract_each_have_a_sentence() => Assert.All(
        "not_found not_allowed invalid too_long rate_limited closed conflict unavailable unauthorized".Split(' '),
        code => Assert.Contains($"error.{code}", All));

    [Fact]
    public void The_error_pages_each_have_a_title_and_a_body() => Assert.All(
        from status in "400 403 404 429 500 503".Split(' ') from part in "title body".Split(' ') select (status, part),
        page => Assert.Contains($"error.page.{page.status}.{page.part}", All));

    private static void Offenders(Func<string, string, bool> isWrong) =>
        Offenders((key, _, text) => isWrong(key, text));

    private static void Offenders(Func<string, string, string, bool> isWrong) => Assert.Empty(
        from text in All
        from translation in text.Value
        where isWrong(text.Key, translation.Key, translation.Value)
        select $"{text.Key} [{translation.Key}]: {translation.Value}");

    private static bool IsUsed(string key, string language) =>
        !IsPlural(key) || Plurals.Forms(language).Contains(Form(key));

    private static bool IsPlural(string key) =>
        AllForms.Contains(Form(key)) && All.ContainsKey($"{Base(key)}.one") && All.ContainsKey($"{Base(key)}.other");

    private static string Base(string key) => key[..Math.Max(0, key.LastIndexOf('.'))];

    private static string Form(string key) => key[(key.LastIndexOf('.') + 1)..];

    private static HashSet<string> Names(string text) => [.. Placeholders.In(text).Where(name => name != "n")];

    private static string Without(string text, string pattern) =>
        Regex.Replace(text, pattern, "", RegexOptions.NonBacktracking);
}
