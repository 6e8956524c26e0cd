using System.Security.Claims;
using TwinHub.Core;
using TwinHub.Core.People;
using Xunit;

// Not Core.People: in tests that name is the demo’s people.
namespace TwinHub.Tests.Core;

public sealed class ViewerIdentityTests
{
    private static readonly Viewer Rana = new(Guid.CreateVersion7(), "Rana: \"R\" Khoury", "rana@example.org", "ar", "Asia/Beirut", "dark", LocalizedText.Same("Tripoli"), null, null);

    public static TheoryData<Viewer> Viewers => [Rana with { SessionId = Guid.CreateVersion7() }, Rana with { TokenId = Guid.CreateVersion7(), Organisation = null }];

    [Theory, MemberData(nameof(Viewers))]
    public void A_viewer_comes_back_from_the_principal_as_they_were(Viewer viewer)
    {
        var principal = new ClaimsPrincipal(new ViewerIdentity(viewer, "test"));
        Assert.True(principal.Identity!.IsAuthenticated);
        Assert.Equal(viewer, ViewerIdentity.Read(principal));
    }

    [Fact]
    public void Nobody_is_no_viewer()
    {
        Assert.Throws<InvalidOperationException>(() => ViewerIdentity.Read(null));
        Assert.Throws<InvalidOperationException>(() => ViewerIdentity.Read(new ClaimsPrincipal()));
    }
}
