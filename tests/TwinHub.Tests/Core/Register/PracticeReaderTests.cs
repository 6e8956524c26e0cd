using TwinHub.Core.Lessons;
using TwinHub.Core.Register;
using Xunit;

namespace TwinHub.Tests.Core.Register;

public sealed class PracticeReaderTests(RegisterWorld world) : IClassFixture<RegisterWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "lesson:Öğrenilen: sabır practice:Count poles first")]
    [InlineData("text=ogren", "lesson:Öğrenilen: sabır")]
    [InlineData("text=pole", "practice:Count poles first")]
    // The summary of the same update is no practice, and a practice is no lesson.
    [InlineData("text=forty", "")]
    [InlineData("text=pole kind=lesson", "")]
    [InlineData("text=hiddendraft", "")]
    [InlineData("text=takenback", "")]
    [InlineData("text=secretdecision", "")]
    [InlineData("kind=practice", "practice:Count poles first")]
    [InlineData("kind=lesson", "lesson:Öğrenilen: sabır")]
    [InlineData("country=TR", "practice:Count poles first")]
    [InlineData("country=LB", "")]
    [InlineData($"group={RegisterWorld.Water}", "lesson:Öğrenilen: sabır")]
    public async Task A_filter_finds_what_it_means(string filter, string expected)
    {
        var given = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(one => one.Split('=')[0], one => one.Split('=')[1]);
        var page = await Page(new(given.GetValueOrDefault("text"), given.GetValueOrDefault("kind"), given.GetValueOrDefault("country"), given.GetValueOrDefault("group")), null, 50);
        Assert.Equal(expected, string.Join(' ', page.Rows.Select(row => $"{row.Kind}:{row.Text}")));
        Assert.Equal(page.Rows.Count, page.Count);
    }

    [Fact]
    public async Task Each_stands_with_its_group_and_day()
    {
        var rows = (await Page(new(), null, 50)).Rows;
        Assert.Equal((RegisterWorld.Water, new DateOnly(2026, 10, 7), (string?)null), (rows[0].Group.Group.Slug, rows[0].On, rows[0].Quarter?.Label));
        Assert.Equal((RegisterWorld.Lamps, new DateOnly(2022, 9, 30), "2022-Q3"), (rows[1].Group.Group.Slug, rows[1].On, rows[1].Quarter?.Label));
    }

    [Fact]
    public async Task Pages_follow_each_other_to_the_last()
    {
        await world.Change(db =>
        {
            var group = RegisterWorld.Group(db, db.Networks.Single(n => n.Slug == RegisterWorld.South), "paged", "active", "Pages", [.. db.Organisations.Where(o => o.Country == "LB").Take(1)]);
            db.Lessons.AddRange(Enumerable.Range(0, 5).Select(i => new Lesson(group.Id, i % 2 == 0 ? "lesson" : "practice", $"Note {i}", null, null, world.Stranger, new(2026, 1, 1 + i / 2, 9, 0, 0, TimeSpan.Zero), DateTimeOffset.UnixEpoch)));
        });
        var (texts, after) = (new List<string>(), (PracticeCursor?)null);
        do
        {
            var page = (await world.Get<PracticeReader>().List(world.Stranger, RegisterWorld.South, new(), after, 2, Cancel)).Value;
            Assert.Equal(5, page.Count);
            texts.AddRange(page.Rows.Select(row => row.Text));
            after = PracticeCursor.Parse(page.Next?.ToString());
        }
        while (after is not null);
        Assert.Equal(["Note 0", "Note 1", "Note 2", "Note 3", "Note 4"], texts.Order(StringComparer.Ordinal));
        Assert.Equal("Note 4", texts[0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-13-01_0123456789abcdef0123456789abcdef_lesson")]
    [InlineData("2026-01-01_0123456789abcdef0123456789abcdef_decision")]
    [InlineData("2026-01-01_x_lesson")]
    public void What_is_no_place_is_none(string? text) => Assert.Null(PracticeCursor.Parse(text));

    private async Task<PracticePage> Page(PracticeFilter filter, PracticeCursor? after, int limit) =>
        (await world.Get<PracticeReader>().List(world.Member, RegisterWorld.North, filter, after, limit, Cancel)).Value;
}
