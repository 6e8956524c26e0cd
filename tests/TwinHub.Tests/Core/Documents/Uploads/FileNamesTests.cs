using TwinHub.Core.Documents.Uploads;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Uploads;

[Trait("culture", "any")]
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Minutes.docx", "Minutes.docx")]
    [InlineData("  محضر الاجتماع.pdf ", "محضر الاجتماع.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\Rana\\Plan.xlsx", "Plan.xlsx")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("a\u0000b\r\nSet-Cookie: x=1.txt", "abSet-Cookie_ x=1.txt")]
    [InlineData("what? \"quoted\" <b>|*.txt", "what_ _quoted_ _b___.txt")]
    [InlineData("...hidden", "hidden")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("lpt1", "_lpt1")]
    [InlineData("e\u0301te\u0301.md", "\u00e9t\u00e9.md")]
    [InlineData("photo 🏛.jpg", "photo 🏛.jpg")]
    public void Names_are_made_harmless(string name, string clean) => Assert.Equal(clean, FileNames.Clean(name));

    [Fact]
    public void Half_a_letter_goes() => Assert.Equal("half  of a letter.txt", FileNames.Clean("half \uD83D of a letter.txt"));

    [Theory]
    [InlineData(""), InlineData("..."), InlineData("/"), InlineData("\u202E\u200F"), InlineData(null)]
    public void Where_nothing_is_left_there_is_no_name(string? name) => Assert.Null(FileNames.Clean(name));

    [Fact]
    public void A_long_name_keeps_its_ending_and_no_half_letter()
    {
        var clean = FileNames.Clean(string.Concat(Enumerable.Repeat("🏛", 150)) + ".docx")!;
        Assert.InRange(clean.Length, 190, 200);
        Assert.EndsWith("🏛.docx", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Minutes.docx", 2, "Minutes (2).docx")]
    [InlineData("no ending", 3, "no ending (3)")]
    public void A_second_of_a_name_is_numbered(string name, int number, string expected) => Assert.Equal(expected, FileNames.Numbered(name, number));
}
