using TwinHub.Tests.Support;
using TwinHub.Web.Hosting;
using Xunit;

namespace TwinHub.Tests.Web.Hosting;

/// <summary>Settings are checked at start: a wrong one stops it with one line that names its key (contract, Configuration).</summary>
[Trait("culture", "any")]
public sealed class HubSettingsTests
{
    [Theory]
    [InlineData("Mail:Mode", "Pigeon")]
    [InlineData("Mail:Mode", "mailbox")]
    [InlineData("Mail:From", "")]
    [InlineData("Mail:From", "twinhub")]
    [InlineData("Mail:From", "a@example.org, b@example.org")]
    [InlineData("Mail:MaxAttempts", "0")]
    [InlineData("Mail:MaxAttempts", "many")]
    [InlineData("SignIn:LinkLife", "ten minutes")]
    [InlineData("SignIn:LinkLife", "00:00:00")]
    [InlineData("SignIn:LinkLife", "-00:10:00")]
    [InlineData("SignIn:LinkLife", "01:00:01")]
    [InlineData("SignIn:LinkLife", "10")]
    [InlineData("SignIn:SessionIdle", "0")]
    [InlineData("SignIn:SessionIdle", "PT1H")]
    [InlineData("SignIn:SessionLife", "29.00:00:00")]
    [InlineData("Limits:Message", "0")]
    [InlineData("Limits:Message", "10001")]
    [InlineData("Limits:Message", "1e3")]
    [InlineData("Limits:MessageLines", "501")]
    [InlineData("Limits:PostsPerMinute", "-1")]
    [InlineData("Limits:PostsBurst", "-1")]
    [InlineData("Limits:SignInsPerAddress", "0")]
    [InlineData("Limits:SignInsPerNetwork", "-5")]
    [InlineData("Listener:Beat", "00:00:00")]
    [InlineData("Listener:Silence", "00:00:09")]
    [InlineData("Listener:Silence", "00:01:01")]
    [InlineData("Presence:BeatEvery", "0")]
    [InlineData("Presence:DeadAfter", "00:00:19")]
    [InlineData("Presence:DeadAfter", "00:00:51")]
    [InlineData("Presence:LeaveAfter", "-00:00:01")]
    [InlineData("Line:Silence", "00:00:00.5")]
    [InlineData("Line:Silence", "00:02:00")]
    [InlineData("PublicUrl", "http://hub.example.org")]
    [InlineData("PublicUrl", "hub.example.org")]
    [InlineData("PublicUrl", "https://hub.example.org/twinhub")]
    [InlineData("Reminders:Webinar", "P7D, tomorrow")]
    [InlineData("Reminders:Webinar", "P1M")]
    [InlineData("Reminders:Webinar:0", "PT36H")]
    [InlineData("Reminders:Webinar:0", "")]
    [InlineData("Meetings:Provider", "Graph")]
    [InlineData("Meetings:Provider", "jitsi")]
    [InlineData("Meetings:JitsiUrl", "http://meet.example.org")]
    [InlineData("Meetings:JitsiUrl", "meet.example.org")]
    [InlineData("Meetings:Room", "a")]
    [InlineData("Proxies", "proxy.example.org")]
    [InlineData("Proxies", "10.0.0.1, proxy")]
    [InlineData("Proxies:0", "10.0.0.0/8")]
    [InlineData("Proxies:0", "")]
    [InlineData("Jobs:Run", "yes")]
    [InlineData("Demo:On", "1")]
    [InlineData("Keys:Secret", "short")]
    [InlineData("Keys:Secret", "c2hvcnQ=")]
    [InlineData("Keys:Secret", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("ConnectionStrings:TwinHub", "nonsense")]
    [InlineData("ConnectionStrings:TwinHub", "Host=localhost;Colour=red;Password=hidden")]
    [InlineData("ConnectionStrings:TwinHub", "Host=localhost;Port=hidden")]
    [InlineData("ConnectionStrings:TwinHubListener", "postgres://hidden@localhost/twinhub")]
    public void A_wrong_value_is_one_line_that_names_its_key(string key, string value)
    {
        var message = Assert.Throws<CommandException>(() => Read($"--{key}={value}")).Message;
        Assert.Contains(key.TrimEnd('0', ':'), message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:Moode", "Smtp")]
    [InlineData("Limits:PostPerMinute", "0")]
    [InlineData("SignIn:LinkLive", "00:10:00")]
    [InlineData("Jobs:Runs", "false")]
    [InlineData("Demo:Off", "true")]
    [InlineData("Presence:Beat", "00:00:10")]
    [InlineData("Mial:Mode", "Smtp")]
    [InlineData("PublicUri", "https://hub.example.org")]
    [InlineData("Port", "5080")]
    public void A_key_that_does_not_exist_is_one_line_that_names_it(string key, string value) =>
        Assert.Equal($"There is no setting {key}.", Assert.Throws<CommandException>(() => Read($"--{key}={value}")).Message);

    [Theory]
    [InlineData("Logging:LogLevel:Anything", "Debug")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", "1000")]
    [InlineData("AllowedHosts", "hub.example.org")]
    [InlineData("urls", "http://127.0.0.1:0")]
    [InlineData("ConnectionStrings:Other", "Host=localhost")]
    [InlineData("mail:mode", "Folder")]
    [InlineData("Documents:Path", "/srv/documents")]
    public void What_the_framework_reads_and_any_spelling_of_a_key_is_taken(string key, string value) => Read($"--{key}={value}");

    [Fact]
    public async Task A_key_that_does_not_exist_is_found_in_the_environment_too()
    {
        var said = await HubProcess.RefusedWith(new Dictionary<string, string> { ["TwinHub__Limits__Messages"] = "10" }, "token", "rana@example.org", "--name", "x");
        Assert.Equal("There is no setting Limits:Messages.", said);
    }

    [Fact]
    public void What_is_shipped_is_what_the_contract_says()
    {
        var settings = Read();
        Assert.Equal((10_000, 500, 600, 300), (settings.Limits.Message, settings.Limits.MessageLines, settings.Limits.PostsPerMinute, settings.Limits.PostsBurst));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromDays(30), TimeSpan.FromDays(90)), (settings.SignIn.LinkLife, settings.SignIn.SessionIdle, settings.SignIn.SessionLife));
        Assert.Equal((true, null, null), (settings.RunJobs, settings.Demo, settings.PublicUrl));
        Assert.Empty(settings.Proxies);
        Assert.Null(settings.KeySecret);
    }

    [Theory]
    [InlineData("--Proxies=10.0.0.1,10.0.0.2")]
    [InlineData("--Proxies:0=10.0.0.1 --Proxies:1=10.0.0.2")]
    public void Proxies_are_a_list_or_one_value(string options) =>
        Assert.Equal(["10.0.0.1", "10.0.0.2"], Read(options.Split(' ')).Proxies.Select(proxy => proxy.ToString()));

    [Theory]
    [InlineData("--Mail:Mode=Folder", "7d 1d 1h")]
    [InlineData("--Reminders:Webinar=P14D,PT2H", "14d 2h")]
    [InlineData("--Reminders:Webinar:0=P2D --Reminders:Webinar:1=PT30M", "2d 30m")]
    [InlineData("--Reminders:Webinar=", "")]
    public void The_ladder_of_reminders_is_a_list_or_one_value(string options, string steps) =>
        Assert.Equal(steps, string.Join(' ', Read(options.Split(' ')).Reminders.Webinar.Select(step => step.Name)));

    [Fact]
    public void Good_values_are_taken()
    {
        var settings = Read("--PublicUrl=https://hub.example.org/", $"--Keys:Secret={Convert.ToBase64String(new byte[32])}", "--Limits:PostsPerMinute=0", "--Jobs:Run=false", "--SignIn:LinkLife=01:00:00");
        Assert.Equal(("https://hub.example.org", 32, 0, false, TimeSpan.FromHours(1)),
            (settings.PublicUrl, settings.KeySecret?.Length, settings.Limits.PostsPerMinute, settings.RunJobs, settings.SignIn.LinkLife));
    }

    [Fact]
    public async Task The_environment_goes_before_the_file_and_is_checked_in_the_same_way()
    {
        var said = await HubProcess.RefusedWith(new Dictionary<string, string> { ["TwinHub__Limits__Message"] = "0" }, "token", "rana@example.org", "--name", "x");
        Assert.StartsWith("Limits:Message ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_goes_before_the_environment()
    {
        var environment = new Dictionary<string, string> { ["TwinHub__Mail__Mode"] = "Pigeon", ["TwinHub__PublicUrl"] = "https://hub.example.org", ["ConnectionStrings__TwinHub"] = "nonsense" };
        var said = await HubProcess.RefusedWith(environment, "token", "rana@example.org", "--name", "x", "--Mail:Mode=Folder", "--PublicUrl=http://hub.example.org");
        Assert.StartsWith("PublicUrl ", said, StringComparison.Ordinal);
        said = await HubProcess.RefusedWith(environment, "token", "rana@example.org", "--name", "x", "--Mail:Mode=Folder");
        Assert.StartsWith("ConnectionStrings:TwinHub ", said, StringComparison.Ordinal);
    }

    private static HubSettings Read(params string[] settings) => HubSettings.Read(HubHost.Configure(HubArguments.Parse(["run", .. settings])).Configuration, "/nowhere");
}
