using TwinHub.Core.People;
using Xunit;

// Not Core.People: in tests that name is the demo’s people.
namespace TwinHub.Tests.Core;

public sealed class PersonTests
{
    [Theory]
    [InlineData("Rana Khoury", "RK")]
    [InlineData("Samer al-Omari", "SA")]
    [InlineData("Ana Maria da Silva", "AS")]
    [InlineData("Rana", "R")]
    [InlineData("  şule   demir ", "ŞD")]
    [InlineData("رنا خوري", "رخ")]
    [InlineData("e\u0301mile zola", "E\u0301Z")]
    [InlineData("😀 smile", "😀S")]
    [InlineData("   ", "?")]
    public void A_face_shows_the_first_letters_of_the_first_and_the_last_word(string name, string initials) =>
        Assert.Equal(initials, Person.Initials(name));

    [Fact]
    public void The_first_day_of_being_disabled_stays()
    {
        var person = new Person(" Rana@Example.org ", "Rana", "ar", "Asia/Beirut", DateTimeOffset.UnixEpoch);
        person.Disable(DateTimeOffset.UnixEpoch.AddDays(1));
        person.Disable(DateTimeOffset.UnixEpoch.AddDays(2));
        Assert.Equal((DateTimeOffset.UnixEpoch.AddDays(1), "rana@example.org"), (person.DisabledAt, person.Email));
    }
}
