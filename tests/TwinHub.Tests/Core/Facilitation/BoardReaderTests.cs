using TwinHub.Core;
using TwinHub.Core.Facilitation;
using TwinHub.Core.Facilitation.Exports;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Register;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Facilitation;

/// <summary>One row a group: what is counted, what is not, and at which cost.</summary>
public sealed class BoardReaderTests(CoreFixture core) : IClassFixture<CoreFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => core.Get<HubClock>().GetUtcNow();

    private DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_the_groups()
    {
        var (few, many) = (await StagedNetwork.Make(core, 3), await StagedNetwork.Make(core, 60));
        foreach (var number in Enumerable.Range(1, 60))
        {
            await many.Write(number, Now.AddDays(-number));
        }
        await few.Write(1, Now);
        var (small, large) = (await QueryCount.Of(() => Board(few)), await QueryCount.Of(() => Board(many)));
        Assert.Equal(small, large);
        Assert.InRange(large, 5, 25);
        Assert.Equal(60, (await Board(many)).Rows.Count);
    }

    [Fact]
    public async Task Signs_of_life_are_counted_by_week_and_the_facilitator_gives_none()
    {
        var network = await StagedNetwork.Make(core, 2);
        foreach (var days in new[] { 85, 83, 10, 10, 1 })
        {
            await network.Write(1, Now.AddDays(-days));
        }
        await network.Write(2, Now.AddDays(-60));
        await network.Write(2, Now.AddDays(-1), network.Facilitator);
        var rows = (await Board(network)).Rows;
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1], rows[0].Weeks);
        Assert.Equal(-1, (rows[0].LastSign!.Value - Now).TotalDays, 0.01);
        Assert.Equal(-60, (rows[1].LastSign!.Value - Now).TotalDays, 0.01);
        Assert.Equal((false, true), (rows[0].IsQuiet(Now), rows[1].IsQuiet(Now)));
    }

    [Fact]
    public async Task Answers_lessons_and_changes_of_the_plan_are_signs_too()
    {
        var network = await StagedNetwork.Make(core, 1);
        var group = await network.GroupId(1);
        await core.Execute("insert into lessons (id, group_id, kind, text, person_id, happened_at, created_at) values (gen_random_uuid(), $1, 'lesson', 'Ask early', $2, now(), $3)", group, network.Facilitator, Now.AddDays(-20));
        await core.Execute("insert into alive_answers (group_id, person_id, answer, answered_at) values ($1, $2, 'help', $3)", group, network.Facilitator, Now.AddDays(-9));
        var row = Assert.Single((await Board(network)).Rows);
        Assert.Equal(2, row.Weeks.Sum());
        Assert.Equal((-9.0, "help"), (Math.Round((row.LastSign!.Value - Now).TotalDays), row.Wish));
    }

    [Fact]
    public async Task Quarters_stand_as_their_days_say_and_what_is_missing_owes_nothing()
    {
        var network = await StagedNetwork.Make(core, 2);
        var current = Quarter.EndedBefore(Today, 1);
        await network.Owe(1, current.Label, Today.AddDays(-10), Today.AddDays(5));
        await network.Owe(1, current.Previous.Label, Today.AddDays(-60), Today.AddDays(-30));
        await network.Owe(1, current.Previous.Previous.Label, Today.AddDays(-60), Today.AddDays(-5));
        await network.Owe(2, current.Label, Today.AddDays(-10), Today.AddDays(20), isIn: true);
        var board = await Board(network);
        Assert.Equal([null, "late", "missed", "open"], board.Rows[0].States);
        Assert.Equal([null, null, null, "submitted"], board.Rows[1].States);
        Assert.Equal(current, board.Current);
        Assert.Equal((2, 0), (board.Rows[0].Open.All, board.Rows[1].Open.All));
        Assert.Equal((true, true), (board.Rows[0].IsOverdue, board.Rows[0].IsDueSoon(board)));
        Assert.Equal((false, false), (board.Rows[1].IsOverdue, board.Rows[1].IsDueSoon(board)));
    }

    [Theory]
    [InlineData(-1, true, 1)]
    [InlineData(3, false, 1)]
    [InlineData(-21, null, 0)]
    public async Task A_review_is_overdue_past_its_day_and_gone_once_missed(int due, bool? overdue, int open)
    {
        var network = await StagedNetwork.Make(core, 1);
        await core.Execute("insert into milestone_reviews (id, group_id, opens_on, due_on, created_at) values (gen_random_uuid(), $1, $2, $3, now())", await network.GroupId(1), Today.AddDays(due - 5), Today.AddDays(due));
        var row = Assert.Single((await Board(network)).Rows);
        Assert.Equal((overdue, open, overdue ?? false), (row.Review?.IsOverdue, row.Open.Reviews, row.IsOverdue));
    }

    [Fact]
    public async Task What_each_side_gave_and_gained_counts_once_it_is_confirmed()
    {
        var network = await StagedNetwork.Make(core, 1);
        foreach (var (state, times) in new[] { (Contribution.Confirmed, 2), (Contribution.Proposed, 1), (Contribution.Declined, 1) })
        {
            for (var i = 0; i < times; i++)
            {
                await core.Execute("""
                    insert into contributions (id, group_id, giver_id, receiver_id, text, happened_on, proposed_at, state, settled_at)
                    select gen_random_uuid(), $1, l.id, r.id, 'Plans', '2026-01-01', now(), $2, case when $2 <> 'proposed' then now() end from organisations l, organisations r where l.network_id = $3 and r.network_id = $3 and l.initials = 'L' and r.initials = 'R'
                    """, await network.GroupId(1), state, network.Id);
            }
        }
        Assert.Equal([(2, 0), (0, 2)], Assert.Single((await Board(network)).Rows).Tallies.Select(tally => (tally.Given, tally.Gained)));
    }

    [Fact]
    public async Task A_closed_group_leaves_the_board_and_stays_in_the_file()
    {
        var network = await StagedNetwork.Make(core, 2);
        await core.Execute("update twinning_groups set status = 'completed', themes = '{\"en\":\"=1+1\"}' where slug = $1", network.Group(2));
        Assert.Single((await Board(network)).Rows);
        var csv = await core.Get<BoardExport>().Write(network.Facilitator, network.Slug, "csv", Texts.Shared.For("en"), Cancel);
        var lines = System.Text.Encoding.UTF8.GetString(csv.Value.Content).Trim().Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.DoesNotContain(",=1+1", lines[2], StringComparison.Ordinal);
        var xlsx = await core.Get<BoardExport>().Write(network.Facilitator, network.Slug, "xlsx", Texts.Shared.For("ar"), Cancel);
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(xlsx.Value.Content, 0, 2));
        Assert.Equal(RefusalCode.NotFound, (await core.Get<BoardExport>().Write(network.Facilitator, network.Slug, "pdf", Texts.Shared.For("en"), Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task Only_facilitators_see_it_and_others_learn_nothing_of_a_network()
    {
        var (network, other) = (await StagedNetwork.Make(core, 1), await StagedNetwork.Make(core, 1));
        var member = await core.Scalar<Guid>("select m.person_id from memberships m where m.group_id = $1 limit 1", await network.GroupId(1));
        var boards = core.Get<BoardReader>();
        Assert.Equal(RefusalCode.NotAllowed, (await boards.Read(member, network.Slug, false, Cancel)).Refusal!.Code);
        Assert.Equal(RefusalCode.NotAllowed, (await boards.Read(member, null, false, Cancel)).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await boards.Read(other.Facilitator, network.Slug, false, Cancel)).Refusal!.Code);
    }

    private async Task<Board> Board(StagedNetwork network) => (await core.Get<BoardReader>().Read(network.Facilitator, network.Slug, archive: false, Cancel)).Value;
}
