namespace TwinHub.Core.Text;

/// <summary>Which plural form a number takes: the cardinal rules of Unicode CLDR 48 for the four languages.</summary>
public static class Plurals
{
    private const decimal Million = 1_000_000;

    /// <summary>The forms a language's rule can choose; a text with a number carries exactly these.</summary>
    public static IReadOnlyList<string> Forms(string language) => language switch
    {
        "ar" => ["zero", "one", "two", "few", "many", "other"],
        "fr" => ["one", "many", "other"],
        _ => ["one", "other"],
    };

    /// <summary>
    /// The form for a number: zero, one, two, few, many or other. The sign does not count; trailing zeros do in
    /// English ("1.0 hours"), as the number is shown with them. An unknown language follows English.
    /// </summary>
    public static string Form(string language, decimal n) => language switch
    {
        "ar" => Arabic(Math.Abs(n)),
        "fr" => French(Math.Abs(n)),
        "tr" => Math.Abs(n) == 1 ? "one" : "other",
        _ => Math.Abs(n) == 1 && n.Scale == 0 ? "one" : "other",
    };

    private static string Arabic(decimal n) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ when (n % 100) is 3 or 4 or 5 or 6 or 7 or 8 or 9 or 10 => "few",
        _ when decimal.IsInteger(n) && n % 100 >= 11 => "many",
        _ => "other",
    };

    private static string French(decimal n) => n switch
    {
        < 2 => "one",
        _ when n.Scale == 0 && n % Million == 0 => "many",
        _ => "other",
    };
}
