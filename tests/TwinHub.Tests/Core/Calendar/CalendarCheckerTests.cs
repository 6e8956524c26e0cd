using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>Two calendar libraries in two other languages read what the hub writes; they share no line of code with it.</summary>
public sealed class CalendarCheckerTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string Root = RepositoryRoot();
    private static readonly string Scripts = Path.Combine(Root, "tests/TwinHub.Tests/Core/Calendar");

    [Fact]
    public Task Pythons_icalendar_reads_what_was_written() => Compare("/usr/bin/python3", Path.Combine(Scripts, "check.py"));

    [Fact]
    public Task Ical_js_reads_what_was_written() =>
        Compare("node", Path.Combine(Scripts, "check.mjs"), Path.Combine(Root, "src/TwinHub.Web/client/node_modules/ical.js/dist/ical.js"));

    private static async Task Compare(string program, params string[] arguments)
    {
        var calendars = CheckedCalendars.All;
        var asked = calendars.Select(one => new { calendar = Convert.ToBase64String(one.Bytes), zone = one.Zone });

        var found = JsonNode.Parse(await Answer(program, arguments, JsonSerializer.Serialize(asked)))!.AsArray();

        Assert.Equal(calendars.Count, found.Count);
        Assert.All(calendars.Zip(found), pair => Assert.Equal(pair.First.Found.ToJsonString(Readable), pair.Second!.ToJsonString(Readable)));
    }

    private static async Task<string> Answer(string program, string[] arguments, string question)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (answer, complaint) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(question);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(process.ExitCode == 0, await complaint);
        return await answer;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TwinHub.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
        }
        return folder.FullName;
    }
}
