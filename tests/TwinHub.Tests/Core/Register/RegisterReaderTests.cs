using TwinHub.Core;
using TwinHub.Core.Register;
using Xunit;

namespace TwinHub.Tests.Core.Register;

public sealed class RegisterReaderTests(RegisterWorld world) : IClassFixture<RegisterWorld>
{
    private RegisterReader Register => world.Get<RegisterReader>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", $"{RegisterWorld.Olives} {RegisterWorld.Water} {RegisterWorld.Lamps}")]
    [InlineData("text=OLIVE", RegisterWorld.Olives)]
    [InlineData("text=mark", RegisterWorld.Olives)]
    [InlineData("text=sanliurfa", RegisterWorld.Olives)]
    [InlineData("text=urfa", "")]
    [InlineData("text=طرابلس", RegisterWorld.Olives)]
    [InlineData("text=123", RegisterWorld.Olives)]
    [InlineData("text=press", RegisterWorld.Olives)]
    [InlineData("text=olive kooperatif", RegisterWorld.Olives)]
    [InlineData("text=olive lamps", "")]
    [InlineData("text=forty lamp", RegisterWorld.Lamps)]
    [InlineData("text=poles painted", RegisterWorld.Lamps)]
    [InlineData("text=اداره", RegisterWorld.Water)]
    [InlineData("text=ogrenilen", RegisterWorld.Water)]
    [InlineData("text=?!", $"{RegisterWorld.Olives} {RegisterWorld.Water} {RegisterWorld.Lamps}")]
    // What is no part of the register is not found in it.
    [InlineData("text=hiddendraft", "")]
    [InlineData("text=leftout", "")]
    [InlineData("text=night", "")]
    [InlineData("text=secretdecision", "")]
    [InlineData("text=takenback", "")]
    [InlineData("text=soap", "")]
    [InlineData("country=TR", $"{RegisterWorld.Olives} {RegisterWorld.Lamps}")]
    [InlineData("country=FR", "")]
    [InlineData("theme=street", RegisterWorld.Lamps)]
    [InlineData("theme=lamps", "")]
    [InlineData("theme=المياه", RegisterWorld.Water)]
    [InlineData("activity=visit", RegisterWorld.Olives)]
    [InlineData("activity=training", "")]
    [InlineData("status=paused", RegisterWorld.Water)]
    [InlineData("status=proposed", "")]
    [InlineData("year=2020", "")]
    [InlineData("year=2022", RegisterWorld.Lamps)]
    [InlineData("year=2024", RegisterWorld.Olives)]
    [InlineData("year=2026", RegisterWorld.Water)]
    [InlineData("kind=ngo", RegisterWorld.Lamps)]
    [InlineData("country=TR status=completed", RegisterWorld.Lamps)]
    [InlineData("country=TR theme=olive activity=visit status=active year=2025 kind=local_authority text=zeytin", RegisterWorld.Olives)]
    [InlineData("country=TR theme=olive activity=visit status=active year=2026 kind=local_authority text=zeytin", "")]
    public async Task A_filter_finds_what_it_means(string filter, string expected)
    {
        var page = await Page(world.Member, Filter(filter), null, 50);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), page.Rows.Select(row => row.View.Group.Slug));
        Assert.Equal((page.Rows.Count, false), (page.Count, page.IsEmpty));
    }

    [Fact]
    public async Task Pages_follow_each_other_to_the_last()
    {
        var (slugs, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await Page(world.Neighbour, new(), after, 2);
            Assert.Equal(3, page.Count);
            slugs.AddRange(page.Rows.Select(row => row.View.Group.Slug));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal([RegisterWorld.Olives, RegisterWorld.Water, RegisterWorld.Lamps], slugs);
    }

    [Fact]
    public async Task A_row_shows_its_newest_quarter()
    {
        var rows = (await Page(world.Member, new(), null, 50)).Rows.ToDictionary(row => row.View.Group.Slug, row => row.Newest);
        Assert.Equal(("2022-Q4", "missed", (string?)null), (rows[RegisterWorld.Lamps]!.Quarter.Label, rows[RegisterWorld.Lamps]!.State, rows[RegisterWorld.Lamps]!.SubmittedBy));
        Assert.Null(rows[RegisterWorld.Olives]);
    }

    [Fact]
    public async Task Nobody_else_knows_of_the_register()
    {
        Assert.Equal(RefusalCode.NotFound, (await Register.List(world.Stranger, RegisterWorld.North, new(), null, 50, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await Register.List(world.Member, RegisterWorld.South, new(), null, 50, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await Register.List(world.Member, "nowhere", new(), null, 50, Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_no_longer_belongs_to_the_network_finds_nothing_of_it()
    {
        var gone = Guid.Empty;
        await world.Change(db => gone = RegisterWorld.Join(db, db.Organisations.Single(o => o.Initials == "XX" && o.Country == "IQ").Id));
        Assert.Null((await Register.List(gone, RegisterWorld.North, new(), null, 50, Cancel)).Refusal);
        await world.Core.Execute("delete from organisation_people where person_id = $1", gone);
        Assert.Equal(RefusalCode.NotFound, (await Register.List(gone, RegisterWorld.North, new(), null, 50, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await world.Get<RegisterEntryReader>().Find(gone, RegisterWorld.Olives, null, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await world.Get<PracticeReader>().List(gone, RegisterWorld.North, new(), null, 50, Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task The_filters_offer_what_there_is()
    {
        var network = await world.Core.Scalar<Guid>("select id from networks where slug = $1", RegisterWorld.North);
        var choices = await Register.Choices(network, Cancel);
        Assert.Equal(["IQ", "JO", "LB", "PS", "TR"], choices.Countries);
        Assert.Equal(2021, choices.FirstYear);
    }

    private async Task<RegisterPage> Page(Guid person, RegisterFilter filter, string? after, int limit) => (await Register.List(person, RegisterWorld.North, filter, after, limit, Cancel)).Value;

    private static RegisterFilter Filter(string criteria)
    {
        var given = criteria.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), (all, word) =>
        {
            if (word.Contains('=', StringComparison.Ordinal)) { all.Add(word); } else { all[^1] += " " + word; }
            return all;
        }).ToDictionary(one => one.Split('=')[0], one => one.Split('=')[1]);
        var year = given.GetValueOrDefault("year");
        return new(given.GetValueOrDefault("text"), given.GetValueOrDefault("country"), given.GetValueOrDefault("theme"), given.GetValueOrDefault("activity"), given.GetValueOrDefault("status"),
            year is null ? null : int.Parse(year, System.Globalization.CultureInfo.InvariantCulture), given.GetValueOrDefault("kind"));
    }
}
