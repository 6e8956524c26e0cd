using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

// Not Core.People: in tests that name is the demo’s people.
namespace TwinHub.Tests.Core;

public sealed class CredentialsTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Credentials Credentials => fixture.Get<Credentials>();

    [Theory]
    [InlineData("a\0b\r\nc\u202ed", "abcd")]
    [InlineData(" ارسال ", "ارسال")]
    public async Task A_tokens_name_is_one_line_without_controls(string typed, string kept)
    {
        var person = await fixture.Person($"{Guid.NewGuid()}@example.org");
        Assert.Null((await Credentials.MakeToken(person, typed, null, Cancel)).Refusal);
        Assert.Equal(kept, Assert.Single(await Credentials.Tokens(person, Cancel)).Name);
    }

    [Fact]
    public async Task Each_kind_of_credential_is_found_by_its_own_token_until_it_ends()
    {
        var person = await fixture.Person($"{Guid.NewGuid()}@example.org");
        var (session, token) = (await Credentials.OpenSession(person, "device", Cancel), (await Credentials.MakeToken(person, "token", 200, Cancel)).Value);
        var (bySession, byToken) = (await Credentials.BySession(session, Cancel), await Credentials.ByAccessToken(token, Cancel));
        Assert.Equal((person, true, false), (bySession!.PersonId, bySession.SessionId is not null, bySession.TokenId is not null));
        Assert.Equal((person, false, true), (byToken!.PersonId, byToken.SessionId is not null, byToken.TokenId is not null));
        Assert.Equal([byToken.TokenId!.Value, bySession.SessionId!.Value], (await Credentials.Standing([byToken, bySession], Cancel)).OrderBy(id => id == bySession.SessionId));

        fixture.Time.Offset += TimeSpan.FromDays(91);
        Assert.Equal([byToken.TokenId.Value], await Credentials.Standing([byToken, bySession], Cancel));
        Assert.Null(await Credentials.BySession(session, Cancel));
        fixture.Time.Offset += TimeSpan.FromDays(110);
        Assert.Null(await Credentials.ByAccessToken(token, Cancel));
        Assert.Empty(await Credentials.Standing([byToken, bySession], Cancel));
    }

    [Fact]
    public async Task Ones_own_are_ended_and_another_persons_are_not_found()
    {
        var (owner, other) = (await fixture.Person($"{Guid.NewGuid()}@example.org"), await fixture.Person($"{Guid.NewGuid()}@example.org"));
        await Credentials.OpenSession(owner, "device", Cancel);
        var session = Assert.Single(await Credentials.Sessions(owner, Cancel)).Id;
        Assert.Equal(TwinHub.Core.RefusalCode.NotFound, (await Credentials.EndSession(other, session, Cancel)).Refusal?.Code);
        Assert.Single(await Credentials.Sessions(owner, Cancel));
        Assert.True((await Credentials.EndSession(owner, session, Cancel)).Value);
        Assert.Equal(TwinHub.Core.RefusalCode.NotFound, (await Credentials.EndSession(owner, session, Cancel)).Refusal?.Code);
    }
}
