using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;
using Xunit;

namespace TwinHub.Tests.Core.Groups;

public sealed class GroupViewsTests
{
    [Theory]
    [InlineData("en", "Tripoli · Secretariat")]
    [InlineData("ar", "طرابلس · Secretariat")]
    public void Without_a_name_of_its_own_a_group_is_called_by_its_partners_cities_in_their_order(string language, string name) =>
        Assert.Equal(name, View(null).Name(language));

    [Theory]
    [InlineData("fr", "Eau")]
    [InlineData("tr", "Water")]
    public void Its_own_name_comes_first(string language, string name) =>
        Assert.Equal(name, View(Text(("en", "Water"), ("fr", "Eau"))).Name(language));

    [Theory]
    [InlineData("proposed", false)]
    [InlineData("active", false)]
    [InlineData("paused", false)]
    [InlineData("completed", true)]
    [InlineData("endedEarly", true)]
    public void Completed_and_ended_groups_are_closed(string status, bool closed) => Assert.Equal(closed, Group(null, status).IsClosed);

    private static GroupView View(LocalizedText? name)
    {
        var network = new Network("net", "hosts", "NET", Text(("en", "Net")), "UTC", DateTimeOffset.UnixEpoch);
        var city = Organisation("Municipality").At("LB", Text(("en", "Tripoli"), ("ar", "طرابلس")), null, null);
        return new(Group(name, "active"), network, [new(city, "cedar"), new(Organisation("Secretariat"), "indigo")], []);
    }

    private static TwinningGroup Group(LocalizedText? name, string status) =>
        new(Guid.Empty, "a-b", name, Text(("en", "Theme")), "formal", null, status, DateTimeOffset.UnixEpoch);

    private static Organisation Organisation(string name) => new(Guid.Empty, "municipality", Text(("en", name)), "X", "UTC", DateTimeOffset.UnixEpoch);

    private static LocalizedText Text(params (string Language, string Text)[] texts) => new(texts.ToDictionary(one => one.Language, one => one.Text));
}
