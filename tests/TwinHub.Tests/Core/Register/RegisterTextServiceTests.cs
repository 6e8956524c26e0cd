using TwinHub.Core;
using TwinHub.Core.Register;
using Xunit;

namespace TwinHub.Tests.Core.Register;

public sealed class RegisterTextServiceTests(RegisterWorld world) : IClassFixture<RegisterWorld>
{
    private const string Before = "Zeytin kooperatifi, ١٢٣ üye";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_is_written_once_and_told_to_who_looks()
    {
        await using var listener = await world.Core.Source.OpenConnectionAsync(Cancel);
        var heard = new List<string>();
        listener.Notification += (_, notice) => heard.Add(notice.Payload);
        await using (var listen = new Npgsql.NpgsqlCommand($"listen {TwinHub.Core.Live.Notice.DatabaseChannel}", listener))
        {
            await listen.ExecuteNonQueryAsync(Cancel);
        }
        var group = await Group("writing", "member", "active");
        Assert.True((await Save(group, "First\r\nwords ", "")).Value);
        Assert.False((await Save(group, "First\nwords", "")).Value);
        Assert.Equal("First\nwords", await Text(group.Slug));
        Assert.True((await Save(group, "", "First\nwords")).Value);
        Assert.Equal("", await Text(group.Slug));
        Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(10), Cancel) || heard.Count > 0);
        Assert.Contains(heard, payload => payload.Contains($"{group.Slug} register ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_a_conflict()
    {
        var group = await Group("conflict", "lead", "active");
        await Save(group, "Theirs", "");
        Assert.Equal((RefusalCode.Conflict, "arrangement"), Refusal(await Save(group, "Mine", "")));
        Assert.Equal("Theirs", await Text(group.Slug));
        // Who did not touch the field takes nothing back.
        Assert.False((await Save(group, "", "")).Value);
        Assert.Equal("Theirs", await Text(group.Slug));
        Assert.True((await Save(group, "Mine", "Theirs")).Value);
    }

    [Fact]
    public async Task Of_two_at_once_one_meets_the_others_words()
    {
        var group = await Group("at-once", "member", "active");
        var saved = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Save(group, $"Words {i}", "")));
        Assert.Single(saved, one => one.Refusal is null);
        Assert.All(saved.Where(one => one.Refusal is not null), one => Assert.Equal(RefusalCode.Conflict, one.Refusal!.Code));
    }

    [Theory]
    [InlineData("observer", "active", RefusalCode.NotAllowed)]
    [InlineData("member", "completed", RefusalCode.Closed)]
    [InlineData("member", "endedEarly", RefusalCode.Closed)]
    [InlineData("member", "proposed", RefusalCode.NotFound)]
    public async Task Who_may_not_write_writes_nothing(string role, string status, RefusalCode code)
    {
        var group = await Group($"refused-{role}-{status}".ToLowerInvariant(), role, status);
        Assert.Equal(code, (await Save(group, "Words", "")).Refusal?.Code);
        Assert.Equal(0, await world.Core.Scalar<long>("select count(*) from register_texts t join twinning_groups g on g.id = t.group_id where g.slug = $1", group.Slug));
    }

    [Fact]
    public async Task A_neighbour_reads_and_a_stranger_finds_nothing()
    {
        Assert.Equal(RefusalCode.NotAllowed, (await Save((RegisterWorld.Olives, world.Neighbour), "Words", Before)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await Save((RegisterWorld.Olives, world.Stranger), "Words", Before)).Refusal?.Code);
        Assert.Equal(Before, await Text(RegisterWorld.Olives));
    }

    [Theory]
    [InlineData("arrangement", 10_001, RefusalCode.TooLong, "arrangement")]
    [InlineData("contact", 5, RefusalCode.Invalid, "field")]
    [InlineData("nothing", 5, RefusalCode.Invalid, "field")]
    public async Task What_cannot_be_written_is_refused(string field, int length, RefusalCode code, string named)
    {
        var saved = await world.Get<RegisterTextService>().Save(world.Member, RegisterWorld.Olives, [new(field, new string('x', length), TextEdit.Mark(Before))], Cancel);
        Assert.Equal((code, named), Refusal(saved));
    }

    private async Task<(string Slug, Guid Person)> Group(string slug, string role, string status)
    {
        var person = Guid.Empty;
        await world.Change(db =>
        {
            var north = db.Networks.Single(n => n.Slug == RegisterWorld.North);
            var place = db.Organisations.First(o => o.NetworkId == north.Id);
            person = RegisterWorld.Join(db, place.Id, RegisterWorld.Group(db, north, slug, status, "Writing", place), role);
        });
        return (slug, person);
    }

    private Task<Outcome<bool>> Save((string Slug, Guid Person) where, string text, string seen) =>
        world.Get<RegisterTextService>().Save(where.Person, where.Slug, [new("arrangement", text, TextEdit.Mark(seen))], Cancel);

    private Task<string> Text(string slug) => world.Core.Scalar<string>("select t.text from register_texts t join twinning_groups g on g.id = t.group_id where g.slug = $1", slug);

    private static (RefusalCode?, string?) Refusal(Outcome<bool> outcome) => (outcome.Refusal?.Code, outcome.Refusal?.Field);
}
