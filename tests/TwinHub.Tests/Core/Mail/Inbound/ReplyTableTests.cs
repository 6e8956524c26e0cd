using System.Text.RegularExpressions;
using TwinHub.Tests.Core.Calendar;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>What six calendars can send, one by one: each object is written as that calendar writes it, and each ends as the rules say (invitations, rules 26 to 37).</summary>
public sealed partial class ReplyTableTests(InboundHub fixture) : IClassFixture<InboundHub>
{
    private const string Other = People.Selin;

    private static readonly Dictionary<string, (string Sample, string Email)> Clients = new()
    {
        ["Outlook"] = (ReplySamples.OutlookDesktopAccepts, "deniz.yilmaz@gaziantep.example.org"), ["Exchange"] = (ReplySamples.ExchangeOnlineAccepts, People.Rana),
        ["Gmail"] = (ReplySamples.GmailDeclines, "layla.saad@irbid.example.org"), ["Apple"] = (ReplySamples.AppleCalendarIsTentative, People.Rana),
        ["Thunderbird"] = (ReplySamples.ThunderbirdAccepts, "deniz.yilmaz@gaziantep.example.org"), ["iCloud"] = (ReplySamples.ICloudAccepts, "omar.hamdan@gaza.example.org"),
    };

    /// <summary>What is sent, what is noted, and what holds of the person afterwards.</summary>
    private static readonly (string Action, string Outcome, string Response)[] Actions =
    [
        ("accept", "recorded", "accepted calendar"), ("tentative", "recorded", "tentative calendar"), ("decline", "recorded", "declined calendar"),
        ("delegate", "delegated", "none"), ("counter", "counter", "none"), ("stale", "stale", "none"), ("duplicate", "duplicate", "accepted calendar"),
        ("wrong uid", "unknown-webinar", "none"), ("another's token", "spoofed", "none"), ("no token", "unproven", "none"), ("no organizer", "recorded", "accepted calendar"),
        ("malformed", "truncated", "none"), ("huge", "line-too-long", "none"),
    ];

    public static TheoryData<string, string, string, string> Table()
    {
        var table = new TheoryData<string, string, string, string>();
        foreach (var client in Clients.Keys)
        {
            foreach (var (action, outcome, response) in Actions)
            {
                table.Add(client, action, outcome, response);
            }
        }
        return table;
    }

    /// <summary>Stale, repeated and foreign ones are told by what surrounds the object, not by the object.</summary>
    [Fact]
    public void There_are_at_least_fifty_objects_of_which_no_two_are_alike() =>
        Assert.InRange(Clients.SelectMany(client => Actions.Select(action => Written(client.Value.Sample, action.Action))).Distinct().Count(), 50, Clients.Count * (Actions.Length - 4));

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Each_ends_as_the_rules_say(string client, string action, string outcome, string response)
    {
        var (sample, email) = Clients[client];
        var meeting = await fixture.Meeting(email, Other);
        var calendar = Written(sample, action).Replace("w1@hub.example.org", meeting.Uid, StringComparison.Ordinal);
        if (action == "stale")
        {
            await fixture.Hub.Execute("update invitations set sequence = 7 where webinar_id = $1", meeting.Id);
        }
        var to = action switch { "another's token" => await meeting.Address(Other), "no token" => null, _ => await meeting.Address(email) };
        if (action == "duplicate")
        {
            await fixture.WorkedOff(Replies.Mixed(calendar, $"{client} <{email}>"), to);
        }
        var settled = await fixture.WorkedOff(Replies.Mixed(calendar, $"{client} <{(action is "no token" ? "stranger@elsewhere.example.org" : email)}>"), to);

        Assert.Equal((outcome, "done"), (settled.Outcome, settled.State));
        Assert.Equal((response, "none"), (await meeting.Response(email), await meeting.Response(Other)));
        Assert.Equal(2, await meeting.Invited());
    }

    /// <summary>The object as the client would write it for an action.</summary>
    private static string Written(string sample, string action) => action switch
    {
        "tentative" => Status().Replace(sample, "PARTSTAT=TENTATIVE"),
        "decline" => Status().Replace(sample, "PARTSTAT=DECLINED"),
        "delegate" => Status().Replace(sample, "PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:sami.nasser@tripoli.example.org\""),
        "counter" => Status().Replace(sample.Replace("METHOD:REPLY", "METHOD:COUNTER", StringComparison.Ordinal), "PARTSTAT=TENTATIVE"),
        "wrong uid" => Status().Replace(sample.Replace("w1@hub.example.org", "w1@elsewhere.example.org", StringComparison.Ordinal), "PARTSTAT=ACCEPTED"),
        "no organizer" => Organizer().Replace(Status().Replace(sample, "PARTSTAT=ACCEPTED"), ""),
        "malformed" => sample[..(sample.IndexOf("END:VEVENT", StringComparison.Ordinal) - 20)],
        "huge" => sample.Replace("END:VEVENT", $"DESCRIPTION:{new string('x', 300 * 1024)}\nEND:VEVENT", StringComparison.Ordinal),
        _ => Status().Replace(sample, "PARTSTAT=ACCEPTED"),
    };

    [GeneratedRegex("PARTSTAT=[A-Z-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Status();

    /// <summary>The line with those that go on.</summary>
    [GeneratedRegex("ORGANIZER[^\n]*\n( [^\n]*\n)*", RegexOptions.NonBacktracking)]
    private static partial Regex Organizer();
}
