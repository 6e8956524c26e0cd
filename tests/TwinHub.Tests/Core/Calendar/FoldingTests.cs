using System.Text;
using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

public sealed class FoldingTests
{
    private const int BeforeTitle = 8;

    /// <summary>Letters of one to four octets, each tried at every distance from the fold.</summary>
    public static TheoryData<string> Texts => ["x", "é", "شبكة التوأمة ", "🎉", "👩🏽‍🏫", "aéش🎉"];

    [Theory]
    [InlineData(75 - BeforeTitle, 1)]
    [InlineData(76 - BeforeTitle, 2)]
    [InlineData(75 - BeforeTitle + 74, 2)]
    [InlineData(75 - BeforeTitle + 75, 3)]
    public void A_line_is_folded_at_75_octets_the_blank_included(int letters, int lines)
    {
        var folded = TitleLines(new('x', letters));

        Assert.Equal(lines, folded.Length);
        Assert.All(folded[..^1], line => Assert.Equal(75, line.Length));
    }

    [Theory, MemberData(nameof(Texts))]
    public void No_character_is_cut_wherever_it_stands(string letters)
    {
        for (var before = 0; before < 80; before++)
        {
            var title = new string('-', before + 1) + string.Concat(Enumerable.Repeat(letters, 40));

            var folded = TitleLines(title.TrimEnd() + ".");

            Assert.All(folded, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 2, 75));
            Assert.All(folded[1..], line => Assert.Equal(' ', line[0]));
            Assert.Equal("SUMMARY:" + title.TrimEnd() + ".", folded[0] + string.Concat(folded[1..].Select(line => line[1..])));
        }
    }

    [Fact]
    public void An_escape_may_be_folded_and_is_still_read()
    {
        for (var before = 60; before < 70; before++)
        {
            var title = new string('x', before) + "\n,;\\" + "end";
            Assert.Equal(title, new CalendarReader().Read(Meetings.Request(Meetings.Webinar with { Summary = title })).Message!.Summary);
        }
    }

    private static string[] TitleLines(string title)
    {
        var all = Meetings.Folded(Meetings.Request(Meetings.Webinar with { Summary = title }));
        return [.. all.SkipWhile(line => !line.StartsWith("SUMMARY:", StringComparison.Ordinal)).TakeWhile((line, at) => at == 0 || line[0] == ' ')];
    }
}
