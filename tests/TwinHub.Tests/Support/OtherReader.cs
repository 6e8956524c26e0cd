using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>A program in another language that reads what the hub writes; it shares no line of code with it.</summary>
internal static class OtherReader
{
    public const string Python = "/usr/bin/python3";

    /// <summary>The checkout in which the tests run.</summary>
    public static readonly string Root = RepositoryRoot();

    /// <summary>Where ical.js stands.</summary>
    public static readonly string IcalJs = Path.Combine(Root, "src/TwinHub.Web/client/node_modules/ical.js/dist/ical.js");

    /// <summary>What the program says to a question, both as JSON.</summary>
    public static async Task<JsonArray> Answer(string program, string[] arguments, object question)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (answer, complaint) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(question));
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(process.ExitCode == 0, await complaint);
        return JsonNode.Parse(await answer)!.AsArray();
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
