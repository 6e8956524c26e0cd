using TwinHub.Core.Mail;
using Xunit;

namespace TwinHub.Tests.Core.Mail;

public sealed class FreeTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("No link. At all, e.g. none at 3.5 km…", "No link. At all, e.g. none at 3.5 km…")]
    [InlineData("See https://evil.example.org/a?b=c now", "See [link] now")]
    [InlineData("HTTPS://EVIL.EXAMPLE.ORG", "[link]")]
    [InlineData("(ftp://evil) mailto:eve@example.org", "([link] [link]")]
    [InlineData("www.evil.example.org/x", "www. evil. example. org/x")]
    [InlineData("eve@example.org", "eve@example. org")]
    [InlineData("موقع.مثال", "موقع. مثال")]
    [InlineData(".org", ".org")]
    [InlineData("end.", "end.")]
    public void Nothing_is_left_that_a_mail_client_makes_a_link_of(string written, string seen) => Assert.Equal(seen, FreeText.WithoutLinks(written, "[link]"));
}
