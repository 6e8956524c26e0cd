using System.Globalization;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class PluralsTests
{
    // The sample numbers are those CLDR 48 gives for each rule, and the edges between them.
    [Theory]
    [InlineData("en", "one", "1 -1")]
    [InlineData("en", "other", "0 2 3 10 100 1000000 0.5 1.0 1.5")]
    [InlineData("tr", "one", "1 1.0")]
    [InlineData("tr", "other", "0 2 5 21 100 1000000 0.5 1.5")]
    [InlineData("fr", "one", "0 1 -1 0.5 1.0 1.5 1.99")]
    [InlineData("fr", "many", "1000000 2000000 17000000")]
    [InlineData("fr", "other", "2 3 17 100 1000 100000 1000001 1500000 1000000.0 2.5")]
    [InlineData("ar", "zero", "0 0.0")]
    [InlineData("ar", "one", "1 1.0")]
    [InlineData("ar", "two", "2 2.0 -2")]
    [InlineData("ar", "few", "3 4 10 103 110 1003 3.0")]
    [InlineData("ar", "many", "11 12 26 99 111 199 1011 11.0")]
    [InlineData("ar", "other", "100 101 102 200 201 202 1000 1000000 0.1 1.5 10.1 11.5 103.5")]
    public void A_number_takes_the_form_of_its_language(string language, string form, string numbers) =>
        Assert.All(numbers.Split(' '), number =>
            Assert.Equal(form, Plurals.Form(language, decimal.Parse(number, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ar")]
    [InlineData("tr")]
    public void The_listed_forms_are_exactly_those_the_rule_chooses(string language)
    {
        var chosen = Enumerable.Range(0, 200).Append(1_000_000).Select(n => Plurals.Form(language, n)).ToHashSet();

        Assert.Equal(chosen.Order(), Plurals.Forms(language).Order());
    }
}
