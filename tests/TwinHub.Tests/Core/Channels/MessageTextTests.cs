using System.Diagnostics;
using TwinHub.Core;
using TwinHub.Core.Channels;
using Xunit;

namespace TwinHub.Tests.Core.Channels;

public sealed class MessageTextTests
{
    private static readonly HubLimits Limits = new();

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("two\r\nlines", "two\nlines")]
    [InlineData("two\rlines", "two\nlines")]
    [InlineData("two\u0085lines\u2028three\u2029four", "two\nlines\nthree\nfour")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("a\u0001\u0007\u0008\u000e\u001b\u001fb", "ab")]
    [InlineData("\n\n  outer blank lines go \t\r\n\r\n", "outer blank lines go")]
    [InlineData("\u001b\n\ncontrols hide no blank line", "controls hide no blank line")]
    [InlineData("kept\n\n\ninside", "kept\n\n\ninside")]
    [InlineData("\u202aa\u202bb\u202cc\u202dd\u202ee\u202c", "\u202aa\u202bb\u202cc\u202dd\u202ee\u202c")]
    [InlineData("\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c", "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c")]
    [InlineData("مرحبا Şanlıurfa 😀 👩‍👧 é", "مرحبا Şanlıurfa 😀 👩‍👧 é")]
    public void A_body_is_cleaned_and_nothing_else_is_changed(string body, string clean)
    {
        Assert.Equal(clean, MessageText.Clean(body, Limits).Value);
        Assert.Equal(clean, MessageText.Clean(clean, Limits).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n\n ")]
    [InlineData("\u0001\u0002")]
    [InlineData("a\0b")]
    public void Nothing_or_NUL_is_invalid(string? body) => AssertInvalid(body);

    [Fact]
    public void A_lone_surrogate_is_invalid_wherever_it_stands()
    {
        foreach (var lone in new[] { "\ud83d", "\ude00" })
        {
            foreach (var body in new[] { lone, "a" + lone, lone + "a", "😀" + lone, lone + "😀", "😀" + lone + "😀" })
            {
                AssertInvalid(body);
            }
        }
        AssertInvalid("\ude00\ud83d");
    }

    [Fact]
    public void Ten_thousand_units_and_five_hundred_lines_pass_and_one_more_does_not()
    {
        Assert.Equal(10_000, MessageText.Clean(new string('x', 10_000), Limits).Value.Length);
        Assert.Equal(10_000, MessageText.Clean($" \n{new string('x', 10_000)}\n ", Limits).Value.Length);
        Assert.Equal(10_000, MessageText.Clean(string.Concat(Enumerable.Repeat("😀", 5_000)), Limits).Value.Length);
        Assert.Equal(Lines("\n", 500), MessageText.Clean(Lines("\r\n", 500), Limits).Value);
        foreach (var body in new[] { new string('x', 10_001), string.Concat(Enumerable.Repeat("😀", 5_001)), Lines("\n", 501), Lines("\r\n", 501), Lines("\r", 501) })
        {
            var refusal = MessageText.Clean(body, Limits).Refusal;
            Assert.Equal((RefusalCode.TooLong, "body"), (refusal?.Code, refusal?.Field));
        }
    }

    [Fact]
    public void Limits_are_the_installations_own()
    {
        var small = new HubLimits { Message = 5, MessageLines = 2 };
        Assert.Equal("a\nb", MessageText.Clean("a\nb", small).Value);
        Assert.Equal(RefusalCode.TooLong, MessageText.Clean("abcdef", small).Refusal?.Code);
        Assert.Equal(RefusalCode.TooLong, MessageText.Clean("a\nb\nc", small).Refusal?.Code);
    }

    [Theory]
    [InlineData("\u0001")]
    [InlineData("\r\n")]
    [InlineData("\u202e")]
    [InlineData("😀")]
    public void A_body_far_too_long_is_judged_at_once(string unit)
    {
        var body = string.Concat(Enumerable.Repeat(unit, 500_000)) + "x";
        var clock = Stopwatch.StartNew();
        MessageText.Clean(body, Limits);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), clock.Elapsed.ToString());
    }

    private static string Lines(string end, int count) => string.Join(end, Enumerable.Repeat("x", count));

    private static void AssertInvalid(string? body)
    {
        var refusal = MessageText.Clean(body, Limits).Refusal;
        Assert.Equal((RefusalCode.Invalid, "body"), (refusal?.Code, refusal?.Field));
    }
}
