using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class PlaceholdersTests
{
    [Fact]
    public void The_places_are_listed_in_reading_order() =>
        Assert.Equal(["b", "a", "b"], Placeholders.In("{b} and {a}, then {b}."));

    [Fact]
    public void A_sentence_without_places_has_none() => Assert.Empty(Placeholders.In("Nothing is due."));

    [Fact]
    public void An_open_brace_is_refused() =>
        Assert.Throws<FormatException>(() => Placeholders.In("Hello {name"));
}
