using TwinHub.Tests.Support;
using Xunit;

// Not Core.People: in tests that name is the demo’s people.
namespace TwinHub.Tests.Core;

/// <summary>What people decide about their own account, through its form.</summary>
public sealed class AccountServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("  Rana\r\nKhoury\u202e\u0007 ", "RanaKhoury")]
    [InlineData("رنا 😀 خوري", "رنا 😀 خوري")]
    public async Task A_name_is_one_line_without_controls(string typed, string kept)
    {
        Assert.Equal(302, await Save(typed, "fr", "Europe/Paris", "light"));
        Assert.Equal($"{kept} fr Europe/Paris light", await Kept());
    }

    [Theory]
    [InlineData("", "en", "UTC", "auto")]
    [InlineData("\u202e\u0001 ", "en", "UTC", "auto")]
    [InlineData("121", "en", "UTC", "auto")]
    [InlineData("Rana", "de", "UTC", "auto")]
    [InlineData("Rana", "EN", "UTC", "auto")]
    [InlineData("Rana", "", "UTC", "auto")]
    [InlineData("Rana", "en", "Beirut", "auto")]
    [InlineData("Rana", "en", "../etc/passwd", "auto")]
    [InlineData("Rana", "en", "", "auto")]
    [InlineData("Rana", "en", "UTC", "pink")]
    [InlineData("Rana", "en", "UTC", "")]
    public async Task What_cannot_be_taken_changes_nothing(string name, string language, string timeZone, string scheme)
    {
        var before = await Kept();
        Assert.Equal(400, await Save(name == "121" ? new string('x', 121) : name, language, timeZone, scheme));
        Assert.Equal(before, await Kept());
    }

    [Fact]
    public async Task A_change_is_written_down()
    {
        await Save("Rana K.", "ar", "Asia/Beirut", "auto");
        var rana = await Hub.PersonId(People.Rana);
        Assert.NotEqual(0, await Hub.Scalar<long>("select count(*) from audit_log where actor_id = $1 and action = 'account.changed'", rana));
    }

    private async Task<int> Save(string name, string language, string timeZone, string scheme)
    {
        using var browser = await Hub.Browser(People.Rana);
        var answer = await browser.PostForm("/account", "/account", ("Name", name), ("Language", language), ("TimeZone", timeZone), ("Scheme", scheme));
        return (int)answer.StatusCode;
    }

    private Task<string> Kept() => Hub.Scalar<string>("select concat_ws(' ', name, language, time_zone, scheme) from people where email = $1", People.Rana);
}
