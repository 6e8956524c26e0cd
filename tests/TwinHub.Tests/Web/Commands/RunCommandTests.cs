using TwinHub.Tests.Core.Data;
using TwinHub.Tests.Support;
using TwinHub.Web.Hosting;
using Xunit;

namespace TwinHub.Tests.Web.Commands;

/// <summary>The hub as it is started, used beside and stopped by hand.</summary>
public sealed class RunCommandTests(TestPostgres postgres)
{
    [Fact]
    public async Task One_run_a_directory_which_the_other_commands_use_and_which_SIGTERM_stops_with_its_PostgreSQL()
    {
        var data = Path.Combine(postgres.Folder, "run");
        await using var hub = await HubProcess.Run(data, "--no-demo", "--Logging:LogLevel:TwinHub=Error");
        using var client = new HttpClient { BaseAddress = hub.Url };
        Assert.Equal(200, (int)(await client.Get("/health/ready")).StatusCode);
        var server = PrivatePostgresFolders.ServerOf(data)!.Value;

        var refusal = await HubProcess.Refused("run", "--port", "0", "--no-demo", "--data", data);
        Assert.Contains("already running", refusal, StringComparison.Ordinal);

        var link = new Uri(Assert.Single(await HubProcess.Command("facilitator", "nora.sayegh@example.org", "--network", "learning", "--template", "hosts", "--data", data)));
        Assert.Equal(("localhost", hub.Url.Port), (link.Host, link.Port));
        Assert.Contains("<form", await client.Text(link.PathAndQuery), StringComparison.Ordinal);
        Assert.Equal(server, PrivatePostgresFolders.ServerOf(data));

        Assert.Equal(0, await hub.Terminate());
        Assert.False(PrivatePostgresFolders.IsAlive(server));
        Assert.Null(PrivatePostgresFolders.ServerOf(data));
        Assert.Equal([$"TwinHub is ready at http://localhost:{hub.Url.Port}", "To sign in for the first time: ./twinhub facilitator EMAIL --network SLUG --template hosts"], hub.Said);
    }

    [Fact]
    public async Task What_it_does_not_know_is_one_line()
    {
        Assert.Equal("Unknown command dance.", await HubCommand.Refused("dance"));
        Assert.Equal("Unknown option --loud. Settings are written --Key=value.", Assert.Throws<CommandException>(() => HubArguments.Parse(["run", "--loud"])).Message);
        Assert.Equal("--port needs a value.", Assert.Throws<CommandException>(() => HubArguments.Parse(["run", "--port"])).Message);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_one_line()
    {
        var said = await HubCommand.Refused("run", "--port", "0", "--data", Path.Combine(postgres.Folder, "absent"), $"--ConnectionStrings:TwinHub={postgres.To("absent")}");
        Assert.StartsWith("The database does not answer: ", said, StringComparison.Ordinal);
    }
}
