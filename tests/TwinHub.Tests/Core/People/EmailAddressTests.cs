using TwinHub.Core.People;
using Xunit;

// Not Core.People: in tests that name is the demo’s people.
namespace TwinHub.Tests.Core;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("rana@example.org")]
    [InlineData("rana.khoury+twinning@tripoli.example.org")]
    [InlineData("o'brien@example.org")]
    [InlineData("x_y-z=1@example.org")]
    public void One_plain_address_is_taken(string address) => Assert.True(EmailAddress.IsValid(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("rana")]
    [InlineData("rana@")]
    [InlineData("@example.org")]
    [InlineData("rana@localhost")]
    [InlineData("rana@@example.org")]
    [InlineData("rana@example..org")]
    [InlineData(".rana@example.org")]
    [InlineData("rana @example.org")]
    [InlineData("rana@example.org,selin@example.org")]
    [InlineData("rana@example.org;selin@example.org")]
    [InlineData("Rana <rana@example.org>")]
    [InlineData("\"rana\"@example.org")]
    [InlineData("rana(comment)@example.org")]
    [InlineData("rana\\@example.org")]
    [InlineData("rána@example.org")]
    [InlineData("rana@exämple.org")]
    [InlineData("rana@example.org\r\nBcc: eve@example.org")]
    [InlineData("rana@example.org\0")]
    [InlineData("\u202erana@example.org")]
    public void Anything_else_is_refused(string? address) => Assert.False(EmailAddress.IsValid(address));

    [Fact]
    public void An_address_has_at_most_254_characters()
    {
        const string Domain = "@example.org";
        Assert.True(EmailAddress.IsValid(new string('a', EmailAddress.MaxLength - Domain.Length) + Domain));
        Assert.False(EmailAddress.IsValid(new string('a', EmailAddress.MaxLength - Domain.Length + 1) + Domain));
    }

    [Theory]
    [InlineData(" Rana@Example.ORG\t", "rana@example.org")]
    [InlineData("INFO@IZMIR.EXAMPLE.ORG", "info@izmir.example.org")]
    public void Addresses_are_compared_trimmed_and_in_lower_case_whatever_the_machines_language(string address, string normal)
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new("tr-TR");
        try
        {
            Assert.Equal(normal, EmailAddress.Normal(address));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
