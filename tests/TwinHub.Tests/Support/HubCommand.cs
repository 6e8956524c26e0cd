using System.Globalization;
using TwinHub.Web.Commands;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>
/// A command of the hub, run to its end within this process: the same way in as Program's, without the seconds that a process
/// takes to begin. What only a process can show is asked of <see cref="HubProcess"/>.
/// </summary>
public static class HubCommand
{
    /// <summary>Runs a command that is expected to succeed and returns the lines it said.</summary>
    public static async Task<IReadOnlyList<string>> Run(params string[] arguments)
    {
        var (code, said) = await Ask(arguments);
        Assert.True(code == 0, string.Join(" / ", said));
        return said;
    }

    /// <summary>Runs a command that is to be refused: exit code 1 and one line, which is returned.</summary>
    public static async Task<string> Refused(params string[] arguments)
    {
        var (code, said) = await Ask(arguments);
        Assert.True(code == 1 && said.Count == 1, $"exit code {code}: {string.Join(" / ", said)}");
        return said[0];
    }

    private static async Task<(int Code, IReadOnlyList<string> Said)> Ask(string[] arguments)
    {
        await using var terminal = new StringWriter(CultureInfo.InvariantCulture);
        var code = await HubCommands.Run([.. arguments, "--Logging:LogLevel:Default=Error"], terminal, terminal);
        return (code, terminal.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
