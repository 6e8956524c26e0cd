namespace TwinHub.Core.Text;

/// <summary>Names of countries and languages, from our own table: the platform's says "Palestinian Territories".</summary>
public sealed partial class Words
{
    /// <summary>The country's name by its ISO 3166-1 alpha-2 code in capitals; a code outside our table is given back as it is.</summary>
    public string Country(string iso2) => texts.TryGetValue($"country.{iso2}", out var name) ? name : iso2;

    /// <summary>The language's name in the reader's language: "French", "français". Only the four; others are a <see cref="KeyNotFoundException"/>.</summary>
    public string LanguageName(string code) => this[$"language.{code}"];
}
