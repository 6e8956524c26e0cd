using System.Net;
using System.Net.Sockets;
using TwinHub.Tests.Support;
using TwinHub.Web.Hosting;
using Xunit;

namespace TwinHub.Tests.Web.Hosting;

/// <summary>Where the hub listens: on this machine, or behind an https proxy it knows.</summary>
public sealed class BindingTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("--urls=http://127.0.0.1:0", true)]
    [InlineData("--urls=http://[::1]:0;http://127.0.0.2:0", true)]
    [InlineData("--urls=http://0.0.0.0:0 --PublicUrl=https://hub.example.org --Proxies:0=10.0.0.1", false)]
    [InlineData("--urls=http://+:0 --PublicUrl=https://hub.example.org --Proxies:0=10.0.0.1 --Proxies:1=10.0.0.2", false)]
    [InlineData("--urls=http://127.0.0.1:0;http://[::]:0 --PublicUrl=https://hub.example.org --Proxies=10.0.0.1", false)]
    public void It_knows_whether_others_can_reach_it(string options, bool isLoopback) => Assert.Equal(isLoopback, Bind(options).IsLoopback);

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--urls=http://*:0")]
    [InlineData("--urls=http://hub.example.org:0")]
    [InlineData("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("--urls=http://0.0.0.0:0 --PublicUrl=https://hub.example.org")]
    [InlineData("--urls=http://0.0.0.0:0 --Proxies:0=10.0.0.1")]
    public void Beyond_this_machine_it_wants_a_public_address_and_a_proxy(string options)
    {
        var said = Refused(options);
        Assert.Contains("PublicUrl", said, StringComparison.Ordinal);
        Assert.Contains("Proxies", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Kestrel:Endpoints:Wide:Url=http://0.0.0.0:0", "Kestrel:Endpoints")]
    [InlineData("--urls=nonsense", "urls")]
    [InlineData("--urls=http://127.0.0.1:0;nonsense", "urls")]
    [InlineData("--port=65536", "--port")]
    [InlineData("--port=-1", "--port")]
    [InlineData("--port=http", "--port")]
    public void What_is_no_place_to_listen_is_named(string options, string name) => Assert.StartsWith(name, Refused(options), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1", "--port={0}")]
    [InlineData("::1", "--port={0}")]
    [InlineData("127.0.0.1", "--urls=http://127.0.0.1:{0}")]
    [InlineData("127.0.0.1", "--urls=http://localhost:{0}")]
    public void A_taken_port_is_named(string address, string options)
    {
        using var taken = new TcpListener(IPAddress.Parse(address), 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Contains($"Port {port} ", Refused(string.Format(System.Globalization.CultureInfo.InvariantCulture, options, port)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_one_line_and_leaves_no_data_behind()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var folder = Directory.CreateTempSubdirectory("twinhub-test-").FullName;
        var said = await HubCommand.Refused("run", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}", "--data", folder);
        Assert.Contains("is taken", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "postgres")));
        Directory.Delete(folder, recursive: true);
    }

    private static string Refused(string options)
    {
        var message = Assert.Throws<CommandException>(() => Bind(options)).Message;
        Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
        return message;
    }

    private static Binding Bind(string options)
    {
        string[] rest = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var arguments = HubArguments.Parse(options.Contains("--port", StringComparison.Ordinal) ? ["run", .. rest] : ["run", "--port", "0", .. rest]);
        var builder = HubHost.Configure(arguments);
        var binding = Binding.Choose(builder, arguments);
        binding.Check(HubSettings.Read(builder.Configuration, "/nowhere"));
        return binding;
    }
}
