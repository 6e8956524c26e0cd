using System.Text;
using TwinHub.Tests.Core.Calendar;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>What each calendar's answer does, however it is wrapped (invitations, rules 26 to 34).</summary>
public sealed class ReplyDeskTests(InboundHub fixture) : IClassFixture<InboundHub>
{
    private const string Rana = People.Rana;
    private const string Selin = People.Selin;

    public static TheoryData<string, string, string, string, string> Samples => new()
    {
        { "Outlook", ReplySamples.OutlookDesktopAccepts, "deniz.yilmaz@gaziantep.example.org", "recorded", "accepted calendar" },
        { "Outlook delegates", ReplySamples.OutlookDesktopDelegates, Rana, "delegated", "none" },
        { "Outlook counters", ReplySamples.OutlookDesktopCounters, Rana, "counter", "none" },
        { "Exchange Online", ReplySamples.ExchangeOnlineAccepts, Rana, "recorded", "accepted calendar" },
        { "Gmail", ReplySamples.GmailDeclines, "layla.saad@irbid.example.org", "recorded", "declined calendar" },
        { "Apple", ReplySamples.AppleCalendarIsTentative, Rana, "recorded", "tentative calendar" },
        { "iCloud", ReplySamples.ICloudAccepts, "omar.hamdan@gaza.example.org", "recorded", "accepted calendar" },
        { "Thunderbird", ReplySamples.ThunderbirdAccepts, "deniz.yilmaz@gaziantep.example.org", "recorded", "accepted calendar" },
        { "Fastmail", ReplySamples.FastmailDeclines, "evelyne.roux@lyon.example.org", "recorded", "declined calendar" },
        { "SOGo", ReplySamples.SogoAccepts, Rana, "recorded", "accepted calendar" },
        { "a handheld asks for it again", ReplySamples.AskedForAgain, Rana, "not-counted", "none" },
        { "an invitee cancels", ReplySamples.InviteeCancels, Rana, "not-counted", "none" },
        { "an invitee makes a series of it", ReplySamples.SeriesWithAnException, Rana, "not-counted", "none" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_calendars_answer_ends_as_the_rules_say(string program, string calendar, string email, string outcome, string response)
    {
        var meeting = await fixture.Meeting(email, Selin);
        var before = await Rows(meeting);

        var settled = await fixture.WorkedOff(Replies.Mixed(calendar.Replace("w1@hub.example.org", meeting.Uid, StringComparison.Ordinal), $"{program} <{email}>"), await meeting.Address(email));

        Assert.Equal((outcome, meeting.Id, "done"), (settled.Outcome, settled.Webinar, settled.State));
        Assert.Equal([outcome], settled.Lines);
        Assert.Equal((response, "none"), (await meeting.Response(email), await meeting.Response(Selin)));
        Assert.Equal((2, before), (await meeting.Invited(), await Rows(meeting)));
    }

    [Fact]
    public async Task What_was_written_beside_an_answer_is_kept_as_text_and_cut()
    {
        var meeting = await fixture.Meeting(Rana);
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana, more: $"COMMENT:{new string('a', 499)}🤝<b>not bold</b>"), Rana), await meeting.Address(Rana));
        Assert.Equal(("recorded", new string('a', 499)), (settled.Outcome, settled.Detail));
        var countered = await fixture.WorkedOff(Replies.Mail(ReplySamples.OutlookDesktopCounters.Replace("w1@hub.example.org", meeting.Uid, StringComparison.Ordinal), Rana), await meeting.Address(Rana));
        Assert.Equal("Could we begin later?\nThe council meets, as ever, in the morning.", countered.Detail);
    }

    public static TheoryData<string, string> Shapes => new()
    {
        { "a file alone", "application/ics; name=invite.ics" },
        { "a file of no special type", "application/octet-stream; name=\"INVITE.ICS\"" },
        { "another method in the part", "text/calendar; method=REQUEST" },
        { "no method in the part", "text/calendar" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_method_in_the_object_is_enough_and_counts(string shape, string type)
    {
        Assert.NotEmpty(shape);
        var meeting = await fixture.Meeting(Rana);
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), Rana, type: type), await meeting.Address(Rana))).Outcome);
        Assert.Equal("accepted calendar", await meeting.Response(Rana));
    }

    [Fact]
    public async Task The_method_of_the_part_counts_where_the_object_has_none()
    {
        var meeting = await fixture.Meeting(Rana);
        var none = meeting.Reply(Rana, method: "CALSCALE:GREGORIAN");
        Assert.Equal("not-counted", (await fixture.WorkedOff(Replies.Mail(none, Rana, type: "application/ics"), await meeting.Address(Rana))).Outcome);
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(none, Rana), await meeting.Address(Rana))).Outcome);
    }

    [Theory]
    [InlineData("latin-1", "iso-8859-1", "8bit")]
    [InlineData("latin-1 that is not told", null, "8bit")]
    [InlineData("Turkish Windows", "windows-1254", "base64")]
    [InlineData("quoted-printable", "utf-8", "quoted-printable")]
    [InlineData("a byte order mark", "utf-8", "base64")]
    public async Task Old_character_sets_and_encodings_are_read(string kind, string? charset, string encoding)
    {
        var meeting = await fixture.Meeting(Rana);
        var set = kind == "Turkish Windows" ? CodePagesEncodingProvider.Instance.GetEncoding(1254)! : kind.StartsWith("latin", StringComparison.Ordinal) ? Encoding.Latin1 : new UTF8Encoding(kind.Contains("mark", StringComparison.Ordinal));
        var word = kind == "Turkish Windows" ? "Görüşürüz" : "Désolée";
        byte[] calendar = [.. set.GetPreamble(), .. set.GetBytes(Replies.Lines(meeting.Reply(Rana, "DECLINED", more: "COMMENT:" + word)))];
        byte[] body = encoding switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(calendar, Base64FormattingOptions.InsertLineBreaks)),
            "quoted-printable" => [.. calendar.SelectMany(one => one is > 127 or (byte)'=' ? Encoding.ASCII.GetBytes($"={one:X2}") : [one])],
            _ => calendar,
        };
        byte[] mail = [.. Replies.Bytes($"From: {Rana}\nContent-Type: text/calendar{(charset is null ? "" : "; charset=" + charset)}\nContent-Transfer-Encoding: {encoding}\n\n"), .. body];

        var settled = await fixture.WorkedOff(mail, await meeting.Address(Rana));

        Assert.Equal(("recorded", word, "declined calendar"), (settled.Outcome, settled.Detail, await meeting.Response(Rana)));
    }

    [Theory]
    [InlineData("needs-action", "not-counted")]
    [InlineData("X-PERHAPS", "not-counted")]
    [InlineData("COMPLETED", "not-counted")]
    [InlineData("delegated", "delegated")]
    [InlineData("tentative", "recorded")]
    [InlineData("Accepted", "recorded")]
    public async Task Only_three_answers_are_answers_in_any_case(string status, string outcome)
    {
        var meeting = await fixture.Meeting(Rana);
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana, status), Rana), await meeting.Address(Rana));
        Assert.Equal(outcome, settled.Outcome);
        Assert.Equal(outcome == "recorded" ? status.ToLowerInvariant() + " calendar" : "none", await meeting.Response(Rana));
    }

    [Fact]
    public async Task A_broken_object_does_not_hide_the_whole_one_beside_it()
    {
        var meeting = await fixture.Meeting(Rana);
        var mixed = Encoding.UTF8.GetString(Replies.Mixed(meeting.Reply(Rana), Rana));
        var at = mixed.IndexOf("END:VCALENDAR", StringComparison.Ordinal);
        var settled = await fixture.WorkedOff(Encoding.UTF8.GetBytes(mixed.Remove(at, "END:VCALENDAR".Length)), await meeting.Address(Rana));
        Assert.Equal("recorded", settled.Outcome);
    }

    [Fact]
    public async Task What_cannot_be_an_answer_is_named()
    {
        var meeting = await fixture.Meeting(Rana);
        var to = await meeting.Address(Rana);
        var cut = Replies.Lines(meeting.Reply(Rana));
        Assert.Equal("truncated", (await fixture.WorkedOff(Replies.Mail(cut[..(cut.Length / 2)], Rana), to)).Outcome);
        Assert.Equal("not-a-calendar", (await fixture.WorkedOff(Replies.Mail("Yes, I will come", Rana), to)).Outcome);
        Assert.Equal("no-calendar", (await fixture.WorkedOff(Replies.Bytes($"From: {Rana}\nSubject: Out of office {meeting.Uid}\nAuto-Submitted: auto-replied\n\nBack on Monday"), to, "<>")).Outcome);
        Assert.Equal("unknown-webinar", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana).Replace(meeting.Uid, "another@hub.example.org", StringComparison.Ordinal), Rana), to)).Outcome);
        Assert.Equal("too-many-attendees", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana, more: string.Join('\n', Enumerable.Range(0, 600).Select(n => $"ATTENDEE:mailto:p{n}@example.org"))), Rana), to)).Outcome);
        Assert.Equal(("none", 0), (await meeting.Response(Rana), (await meeting.Log()).Length));
    }

    [Theory]
    [InlineData("state = 'cancelled', cancelled_at = now()")]
    [InlineData("starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour'")]
    public async Task A_webinar_that_is_over_or_cancelled_takes_no_answer(string change)
    {
        var meeting = await fixture.Meeting(Rana);
        await fixture.Hub.Execute($"update webinars set {change} where id = $1", meeting.Id);
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), Rana), await meeting.Address(Rana));
        Assert.Equal("closed", settled.Outcome);
        Assert.Equal(["closed"], settled.Lines);
        Assert.Equal("none", await meeting.Response(Rana));
    }

    [Fact]
    public async Task Accepting_when_full_waits_and_a_seat_that_is_given_back_goes_to_who_waited()
    {
        var meeting = await fixture.Meeting(Rana, Selin);
        await fixture.Hub.Execute("update webinars set capacity = 1 where id = $1", meeting.Id);
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), Rana), await meeting.Address(Rana))).Outcome);
        Assert.Equal("waiting", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Selin), Selin), await meeting.Address(Selin))).Outcome);
        Assert.Equal("waiting calendar", await meeting.Response(Selin));
        var decline = Replies.Mail(meeting.Reply(Rana, "DECLINED", stamp: "20260903T061205Z"), Rana);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("recorded", (await fixture.WorkedOff(decline, await meeting.Address(Rana))).Outcome);
        }
        Assert.Equal(("declined calendar", "accepted calendar"), (await meeting.Response(Rana), await meeting.Response(Selin)));
        Assert.Equal(["promoted", "recorded", "recorded", "waiting"], (await meeting.Log()).Order());
    }

    /// <summary>The webinar itself, which no mail ever changes.</summary>
    private Task<string> Rows(Meeting meeting) => fixture.Hub.Scalar<string>("select w::text from webinars w where id = $1", meeting.Id);
}
