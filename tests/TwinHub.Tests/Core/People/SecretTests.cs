using TwinHub.Core.People;
using Xunit;

// Not Core.People: in tests that name is the demo’s people.
namespace TwinHub.Tests.Core;

public sealed class SecretTests
{
    [Fact]
    public void A_token_is_256_bits_for_an_address_and_never_the_same()
    {
        var tokens = Enumerable.Range(0, 1_000).Select(_ => Secret.New()).ToList();
        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]{43}$", token));
        Assert.Distinct(tokens);
    }

    [Fact]
    public void The_hash_depends_on_token_and_purpose_alone()
    {
        string[] purposes = [Secret.SignIn, Secret.Session, Secret.Access];
        Assert.Distinct(purposes.SelectMany(purpose => new[] { "a", "b" }.Select(token => Convert.ToHexString(Secret.Hash(purpose, token)))));
        Assert.Equal(Secret.Hash(Secret.Session, "a"), Secret.Hash(Secret.Session, "a"));
        Assert.Equal(32, Secret.Hash(Secret.Session, "a").Length);
    }
}
