using TwinHub.Core.People;
using TwinHub.Jobs;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Jobs;

public sealed class AnswerSignInsTests(CoreFixture fixture) : IClassFixture<CoreFixture>, IAsyncLifetime
{
    private const string Known = "rana@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fixture.Execute("truncate people, emails, sign_in_requests, audit_log cascade");
        await fixture.Person(Known, "tr");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_unknown_address_is_answered_without_a_mail()
    {
        await Ask("nobody@example.org");
        Assert.Equal(1, await Run());
        Assert.Equal((0, 0, 0), await Outcome());
        Assert.Equal(["sign-in.unknown"], await fixture.Rows<string>("select action from audit_log where actor_id is null"));
    }

    [Fact]
    public async Task A_known_address_gets_one_mail_with_one_link_however_often_the_sweep_runs()
    {
        await Ask(" RANA@Example.org ");
        Assert.Equal((1, 0), (await Run(), await Run()));
        Assert.Equal((0, 1, 1), await Outcome());
        Assert.Equal($"{Known} sign-in tr", await fixture.Scalar<string>("select concat_ws(' ', recipient, kind, language) from emails"));
        Assert.True(await fixture.Scalar<bool>("select e.reason = 'sign-in-link:' || encode(l.hash, 'hex') and l.expires_at = l.created_at + interval '10 minutes' from emails e, sign_in_links l"));
    }

    [Fact]
    public async Task The_address_of_somebody_disabled_gets_nothing()
    {
        await fixture.Execute("update people set disabled_at = now()");
        await Ask(Known);
        Assert.Equal(1, await Run());
        Assert.Equal((0, 0, 0), await Outcome());
    }

    [Fact]
    public async Task Two_nodes_that_sweep_at_once_answer_each_request_once()
    {
        for (var i = 0; i < 12; i++)
        {
            var address = $"person{i}@example.org";
            await fixture.Person(address);
            await Ask(address);
        }
        var answered = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(Run, Cancel)));
        Assert.Equal(12, answered.Sum());
        Assert.Equal((0, 12, 12), await Outcome());
        Assert.Equal(12, await fixture.Scalar<long>("select count(distinct recipient) from emails"));
    }

    [Fact]
    public async Task A_rush_is_answered_in_one_sweep()
    {
        await fixture.Execute("insert into sign_in_requests (id, email, asked_at) select gen_random_uuid(), 'nobody' || n || '@example.org', now() from generate_series(1, 120) n");
        Assert.Equal(120, await Run());
        Assert.Equal((0, 0, 0), await Outcome());
    }

    private async Task Ask(string email) => Assert.Null((await fixture.Get<SignInService>().Ask(email, "192.0.2.1", Cancel)).Refusal);

    private Task<int> Run() => fixture.Get<AnswerSignIns>().Run(Cancel);

    /// <summary>Requests that still wait, links, mails.</summary>
    private async Task<(long Waiting, long Links, long Mails)> Outcome() => (
        await fixture.Scalar<long>("select count(*) from sign_in_requests where answered_at is null"),
        await fixture.Scalar<long>("select count(*) from sign_in_links"),
        await fixture.Scalar<long>("select count(*) from emails"));
}
