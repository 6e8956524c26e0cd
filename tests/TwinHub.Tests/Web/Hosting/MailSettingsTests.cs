using Microsoft.Extensions.Configuration;
using TwinHub.Web.Hosting;
using Xunit;

namespace TwinHub.Tests.Web.Hosting;

/// <summary>Section Mail: a wrong value stops the start with a line that names its key.</summary>
public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("Mode", "Pigeon")]
    [InlineData("From", "nobody")]
    [InlineData("Host", "")]
    [InlineData("Host", "mail server")]
    [InlineData("Host", "mail.example.org:25")]
    [InlineData("Port", "70000")]
    [InlineData("Port", "-1")]
    [InlineData("Security", "Starttls")]
    [InlineData("Security", "None")]
    [InlineData("Authorities", "/nowhere.pem")]
    [InlineData("User", "a\0b")]
    [InlineData("Connections", "0")]
    [InlineData("Connections", "65")]
    [InlineData("MaxAttempts", "0")]
    [InlineData("ConnectTimeout", "00:00:00")]
    [InlineData("GreetingTimeout", "-00:00:01")]
    [InlineData("CommandTimeout", "01:00:00")]
    [InlineData("DataTimeout", "1.00:00:00")]
    [InlineData("IdleTimeout", "00:00:00")]
    [InlineData("Lease", "00:00:01")]
    [InlineData("ReplyDomain", "a b")]
    [InlineData("ReplyDomain", "x@example.org")]
    [InlineData("InboundSecret", "short")]
    [InlineData("AuthservId", "mx example")]
    public void A_wrong_value_is_named_by_its_key(string key, string value) =>
        Assert.StartsWith($"Mail:{key} ", Assert.Throws<CommandException>(() => Read((key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_without_a_user_is_a_mistake() =>
        Assert.StartsWith("Mail:User ", Assert.Throws<CommandException>(() => Read(("Password", "x"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.0.1")]
    [InlineData("::1")]
    public void Only_this_machine_is_reached_in_the_clear(string host) =>
        Assert.Equal(25, Read(("Host", host), ("Security", "None")).Mail.EffectivePort);

    [Theory]
    [InlineData("StartTls", 587)]
    [InlineData("Tls", 465)]
    public void The_port_follows_the_security(string security, int port) => Assert.Equal(port, Read(("Security", security)).Mail.EffectivePort);

    private static HubSettings Read(params (string Key, string Value)[] values) =>
        HubSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(
            values.Prepend(("Host", "mail.example.org")).Prepend(("Mode", "Smtp"))
                .GroupBy(one => one.Item1).ToDictionary(one => $"Mail:{one.Key}", one => (string?)one.Last().Item2)).Build(), "/nowhere");
}
