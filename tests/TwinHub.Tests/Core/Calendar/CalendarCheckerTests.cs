using System.Text.Encodings.Web;
using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>Two calendar libraries in two other languages read what the hub writes; they share no line of code with it.</summary>
public sealed class CalendarCheckerTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string Scripts = Path.Combine(OtherReader.Root, "tests/TwinHub.Tests/Core/Calendar");

    [Fact]
    public Task Pythons_icalendar_reads_what_was_written() => Compare(OtherReader.Python, Path.Combine(Scripts, "check.py"));

    [Fact]
    public Task Ical_js_reads_what_was_written() => Compare("node", Path.Combine(Scripts, "check.mjs"), OtherReader.IcalJs);

    private static async Task Compare(string program, params string[] arguments)
    {
        var calendars = CheckedCalendars.All;

        var found = await OtherReader.Answer(program, arguments, calendars.Select(one => new { calendar = Convert.ToBase64String(one.Bytes), zone = one.Zone }));

        Assert.Equal(calendars.Count, found.Count);
        Assert.All(calendars.Zip(found), pair => Assert.Equal(pair.First.Found.ToJsonString(Readable), pair.Second!.ToJsonString(Readable)));
    }
}
