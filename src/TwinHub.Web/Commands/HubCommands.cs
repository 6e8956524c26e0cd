using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Commands;

/// <summary>The commands behind the script <c>twinhub</c>. What goes wrong as expected is one line and exit code 1.</summary>
public static class HubCommands
{
    public static async Task<int> Run(string[] args)
    {
        using var stop = new CancellationTokenSource();
        try
        {
            var arguments = HubArguments.Parse(args);
            return arguments.Command switch
            {
                "run" => await RunCommand.Run(arguments, stop.Token),
                "facilitator" => await PeopleCommands.Facilitator(arguments, stop.Token),
                "token" => await PeopleCommands.Token(arguments, stop.Token),
                "bench-data" => await BenchDataCommand.Run(arguments, stop.Token),
                _ => throw new CommandException($"Unknown command {arguments.Command}."),
            };
        }
        catch (Exception fault) when (fault is CommandException or PrivatePostgresException or MigrationException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(fault.Message.ReplaceLineEndings(" "));
            return 1;
        }
        catch (NpgsqlException fault)
        {
            await Console.Error.WriteLineAsync($"The database does not answer: {fault.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
