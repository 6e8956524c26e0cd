using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Commands;

/// <summary>The commands behind the script <c>twinhub</c>. What goes wrong as expected is one line and exit code 1.</summary>
public static class HubCommands
{
    /// <param name="args">The command and what it is told.</param>
    /// <param name="output">What it answers.</param>
    /// <param name="errors">Why it does not.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        using var stop = new CancellationTokenSource();
        try
        {
            var arguments = HubArguments.Parse(args);
            return arguments.Command switch
            {
                "run" => await RunCommand.Run(arguments, output, stop.Token),
                "facilitator" => await PeopleCommands.Facilitator(arguments, output, stop.Token),
                "token" => await PeopleCommands.Token(arguments, output, stop.Token),
                "read-files" => await ReadFilesCommand.Run(),
                "bench-data" => await BenchDataCommand.Run(arguments, output, stop.Token),
                _ => throw new CommandException($"Unknown command {arguments.Command}."),
            };
        }
        catch (Exception fault) when (fault is CommandException or PrivatePostgresException or MigrationException)
        {
            await errors.WriteLineAsync(fault.Message);
            return 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(fault.Message.ReplaceLineEndings(" "));
            return 1;
        }
        catch (NpgsqlException fault)
        {
            await errors.WriteLineAsync($"The database does not answer: {fault.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
