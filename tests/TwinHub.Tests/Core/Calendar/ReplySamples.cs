using System.Text.RegularExpressions;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>
/// What calendars send, written after the habits of each: order and case of names, folds, zones, what is missing and what is
/// added. All answer the invitation <c>w1@hub.example.org</c> to 6 October 2026, 07:00 UTC.
/// </summary>
internal static class ReplySamples
{
    /// <summary>CRLF line ends, as most senders write.</summary>
    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public const string OutlookDesktopAccepts = """
        BEGIN:VCALENDAR
        PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
        VERSION:2.0
        METHOD:REPLY
        X-MS-OLK-FORCEINSPECTOROPEN:TRUE
        BEGIN:VTIMEZONE
        TZID:Turkey Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T000000
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0300
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=ACCEPTED:mailto:deniz.yilmaz@gaziantep.example.org
        CLASS:PUBLIC
        CREATED:20260902T061200Z
        DESCRIPTION:\n
        DTEND;TZID="Turkey Standard Time":20261006T113000
        DTSTAMP:20260902T061205Z
        DTSTART;TZID="Turkey Standard Time":20261006T100000
        LAST-MODIFIED:20260902T061205Z
        LOCATION:https://meet.example.org/twinning
        ORGANIZER;CN="Maya Haddad":mailto:rsvp+abc123@reply.example.org
        PRIORITY:5
        SEQUENCE:1
        SUMMARY;LANGUAGE=tr:Kabul edildi: Twinning Arrangements
        TRANSP:OPAQUE
        UID:w1@hub.example.org
        X-MICROSOFT-CDO-BUSYSTATUS:BUSY
        X-MICROSOFT-CDO-IMPORTANCE:1
        X-MICROSOFT-DISALLOW-COUNTER:TRUE
        X-MS-OLK-AUTOFILLLOCATION:FALSE
        END:VEVENT
        END:VCALENDAR
        """;

    public const string OutlookDesktopDelegates = """
        BEGIN:VCALENDAR
        PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
        VERSION:2.0
        METHOD:REPLY
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Sami.Nasser@tripoli.examp
         le.org","mailto:second@tripoli.example.org":MAILTO:Rana.Khoury@tripoli.example.org
        ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;DELEGATED-FROM="mailto:rana.khoury@tripoli.example.org";CN="Sami Nasser":mailto:sami.nasser@tripoli.example.org
        DTSTAMP:20260902T061205Z
        DTSTART:20261006T070000Z
        DTEND:20261006T083000Z
        ORGANIZER:mailto:rsvp+abc123@reply.example.org
        SEQUENCE:0
        UID:w1@hub.example.org
        END:VEVENT
        END:VCALENDAR
        """;

    public const string OutlookDesktopCounters = """
        BEGIN:VCALENDAR
        PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
        VERSION:2.0
        METHOD:COUNTER
        BEGIN:VTIMEZONE
        TZID:Customized Time Zone
        BEGIN:STANDARD
        DTSTART:16011028T000000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0200
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010325T000000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0300
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=TENTATIVE:mailto:rana.khoury@tripoli.example.org
        COMMENT:Could we begin later?\nThe council meets\, as ever\, in the morning.
        DTEND;TZID="Customized Time Zone":20261006T153000
        DTSTAMP:20260902T061205Z
        DTSTART;TZID="Customized Time Zone":20261006T140000
        LOCATION:Town hall
        ORGANIZER:mailto:rsvp+abc123@reply.example.org
        SEQUENCE:1
        SUMMARY:New Time Proposed: Twinning Arrangements
        UID:w1@hub.example.org
        X-MS-OLK-ORIGINALEND;TZID="Customized Time Zone":20261006T113000
        X-MS-OLK-ORIGINALSTART;TZID="Customized Time Zone":20261006T100000
        END:VEVENT
        END:VCALENDAR
        """;

    public const string ExchangeOnlineAccepts = """
        BEGIN:VCALENDAR
        METHOD:REPLY
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:Middle East Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T000000
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T000000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0300
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=ACCEPTED;CN=Rana Khoury:mailto:rana.khoury@tripoli.exampl
         e.org
        COMMENT;LANGUAGE=ar-LB:\n
        UID:w1@hub.example.org
        SUMMARY;LANGUAGE=ar-LB:تم القبول: Twinning Arrangements
        DTSTART;TZID=Middle East Standard Time:20261006T100000
        DTEND;TZID=Middle East Standard Time:20261006T113000
        CLASS:PUBLIC
        PRIORITY:5
        DTSTAMP:20260902T061205Z
        TRANSP:OPAQUE
        STATUS:CONFIRMED
        SEQUENCE:1
        LOCATION;LANGUAGE=ar-LB:
        X-MICROSOFT-CDO-APPT-SEQUENCE:1
        X-MICROSOFT-CDO-INSTTYPE:0
        END:VEVENT
        END:VCALENDAR
        """;

    public const string GmailDeclines = """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:REPLY
        BEGIN:VEVENT
        DTSTART:20261006T070000Z
        DTEND:20261006T083000Z
        DTSTAMP:20260902T061205Z
        ORGANIZER;CN=Maya Haddad:mailto:rsvp+abc123@reply.example.org
        UID:w1@hub.example.org
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Layla Saa
         d;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="On leave: back on Monday; sorry, ^'al
         l^'":mailto:layla.saad@irbid.example.org
        X-MICROSOFT-DISALLOW-COUNTER:TRUE
        CREATED:20260901T073015Z
        DESCRIPTION:Take stock of the groups' work.
        LAST-MODIFIED:20260902T061204Z
        LOCATION:https://meet.example.org/twinning
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Twinning Arrangements
        TRANSP:OPAQUE
        END:VEVENT
        END:VCALENDAR
        """;

    public const string AppleCalendarIsTentative = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Apple Inc.//macOS 15.1//EN
        METHOD:REPLY
        CALSCALE:GREGORIAN
        BEGIN:VTIMEZONE
        TZID:Asia/Beirut
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0200
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        DTSTART:19930328T000000
        TZNAME:GMT+3
        TZOFFSETTO:+0300
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0300
        DTSTART:19991031T000000
        RDATE:19991031T000000
        TZNAME:GMT+2
        TZOFFSETTO:+0200
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        CREATED:20260902T061200Z
        UID:w1@hub.example.org
        ATTENDEE;CN="Rana Khoury";CUTYPE=INDIVIDUAL;EMAIL="rana.khoury@tripoli.exa
         mple.org";PARTSTAT=TENTATIVE:mailto:rana.khoury@tripoli.example.org
        ORGANIZER;CN="Maya Haddad";EMAIL="rsvp+abc123@reply.example.org":mailto:rsvp+abc123@reply.example.org
        DTEND;TZID=Asia/Beirut:20261006T113000
        SUMMARY:Twinning Arrangements
        DTSTART;TZID=Asia/Beirut:20261006T100000
        DTSTAMP:20260902T061205Z
        SEQUENCE:0
        BEGIN:VALARM
        TRIGGER:-PT15M
        ACTION:DISPLAY
        DESCRIPTION:Reminder
        UID:not-the-event@apple.example.org
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        """;

    public const string ICloudAccepts = """
        BEGIN:VCALENDAR
        METHOD:REPLY
        VERSION:2.0
        PRODID:-//caldav.icloud.com//CALDAVJ 2434B597//EN
        BEGIN:VEVENT
        UID:w1@hub.example.org
        DTSTAMP:20260902T061205Z
        DTSTART:20261006T070000Z
        DURATION:PT1H30M
        SEQUENCE:0
        ORGANIZER;CN=Maya Haddad;EMAIL=rsvp+abc123@reply.example.org:mailto:rsvp%2Babc123@reply.example.org
        ATTENDEE;CN=Omar Hamdan;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;EMAIL=omar.hamdan@gaza.example.org;X-CALENDARSERVER-DTSTAMP=20260902T061205Z:/aMTExMTExMTExMTEx/principal/
        REQUEST-STATUS:2.0;Success
        END:VEVENT
        END:VCALENDAR
        """;

    public const string ThunderbirdAccepts = """
        BEGIN:VCALENDAR
        PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
        VERSION:2.0
        METHOD:REPLY
        BEGIN:VTIMEZONE
        TZID:/freeassociation.sourceforge.net/Europe/Istanbul
        X-LIC-LOCATION:Europe/Istanbul
        BEGIN:STANDARD
        TZNAME:+03
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0300
        DTSTART:20160907T000000
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        CREATED:20260901T073015Z
        LAST-MODIFIED:20260902T061205Z
        DTSTAMP:20260902T061205Z
        UID:w1@hub.example.org
        SUMMARY:Twinning Arrangements
        ORGANIZER;CN=Maya Haddad:mailto:rsvp+abc123@reply.example.org
        ATTENDEE;CN=Deniz Yılmaz;PARTSTAT=ACCEPTED;RSVP=TRUE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;SENT-BY="mailto:office@gaziantep.example.org":mailto:deniz.yilmaz@gaziantep.example.org
        DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Istanbul:20261006T100000
        DTEND;TZID=/freeassociation.sourceforge.net/Europe/Istanbul:20261006T113000
        TRANSP:OPAQUE
        X-MOZ-INVITED-ATTENDEE:mailto:deniz.yilmaz@gaziantep.example.org
        END:VEVENT
        END:VCALENDAR
        """;

    public const string FastmailDeclines = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//CyrusIMAP.org//Cyrus 3.13.0//EN
        METHOD:REPLY
        CALSCALE:GREGORIAN
        BEGIN:VEVENT
        UID:w1@hub.example.org
        SEQUENCE:1
        DTSTAMP:20260902T061205Z
        DTSTART;TZID=Europe/Paris:20261006T090000
        DURATION:PT1H30M
        ORGANIZER;X-JMAP-ID=e1;CN=Maya Haddad:mailto:rsvp+abc123@reply.example.org
        ATTENDEE;X-JMAP-ID=a7;CN=Évelyne Roux;PARTSTAT=DECLINED;X-JMAP-ROLE=ATTENDEE;X-DTSTAMP=20260902T061205Z;X-SEQUENCE=1:mailto:evelyne.roux@lyon.example.org
        COMMENT:Désolée
        END:VEVENT
        END:VCALENDAR
        """;

    public const string SogoAccepts = """
        BEGIN:VCALENDAR
        PRODID:-//Inverse inc./SOGo 5.9.1//EN
        VERSION:2.0
        METHOD:REPLY
        BEGIN:VEVENT
        attendee;partstat=accepted;role=req-participant;cn=Rana Khoury:mailto:rana
         .khoury@tripoli.example.org
        organizer;cn=Maya Haddad:mailto:rsvp+abc123@reply.example.org
        uid:w1@hub.example.org
        dtstart:20261006T070000Z
        dtend:20261006T083000Z
        dtstamp:20260902T061205Z
        class:PUBLIC
        end:VEVENT
        END:VCALENDAR
        """;

    public const string AskedForAgain = """
        BEGIN:VCALENDAR
        VERSION:2.0
        METHOD:REFRESH
        PRODID:-//Example//Handheld//EN
        BEGIN:VEVENT
        UID:w1@hub.example.org
        DTSTAMP:20260902T061205Z
        ORGANIZER:mailto:rsvp+abc123@reply.example.org
        ATTENDEE:mailto:rana.khoury@tripoli.example.org
        END:VEVENT
        END:VCALENDAR
        """;

    public const string InviteeCancels = """
        BEGIN:VCALENDAR
        VERSION:2.0
        METHOD:CANCEL
        BEGIN:VEVENT
        UID:w1@hub.example.org
        DTSTAMP:20260902T061205Z
        SEQUENCE:99
        STATUS:CANCELLED
        ORGANIZER:mailto:rana.khoury@tripoli.example.org
        DTSTART:20261006T070000Z
        ATTENDEE;PARTSTAT=X-GONE:mailto:maya.haddad@network.example.org
        END:VEVENT
        END:VCALENDAR
        """;

    public const string SeriesWithAnException = """
        BEGIN:VCALENDAR
        VERSION:2.0
        METHOD:REQUEST
        BEGIN:VEVENT
        UID:w1@hub.example.org
        RECURRENCE-ID:20261013T070000Z
        SEQUENCE:4
        DTSTART:20261013T090000Z
        SUMMARY:The exception
        END:VEVENT
        BEGIN:VEVENT
        UID:w1@hub.example.org
        SEQUENCE:2
        DTSTART:20261006T070000Z
        RRULE:FREQ=WEEKLY;COUNT=3
        SUMMARY:The master
        END:VEVENT
        END:VCALENDAR
        """;

    /// <summary>Those of programs that answer, whatever they say.</summary>
    public static IReadOnlyList<string> Answers { get; } =
        [OutlookDesktopAccepts, ExchangeOnlineAccepts, GmailDeclines, AppleCalendarIsTentative, ICloudAccepts, ThunderbirdAccepts, FastmailDeclines, SogoAccepts];

    /// <summary>The same program's answer of somebody else, to another invitation: its habits stay, also that some tell no SEQUENCE.</summary>
    public static string Answer(string sample, string uid, string email, string status, int sequence, DateTimeOffset stamp)
    {
        string[] own = ["deniz.yilmaz@gaziantep.example.org", "rana.khoury@tripoli.example.org", "layla.saad@irbid.example.org", "omar.hamdan@gaza.example.org", "evelyne.roux@lyon.example.org"];
        var text = own.Aggregate(sample.Replace("\n ", "", StringComparison.Ordinal), (whole, one) => whole.Replace(one, email, StringComparison.Ordinal)).Replace("w1@hub.example.org", uid, StringComparison.Ordinal);
        (string Old, string New)[] changes = [("partstat=[a-z]+", "PARTSTAT=" + status), ("sequence:[0-9]+", $"SEQUENCE:{sequence}"), ("dtstamp:[0-9TZ]+", $"DTSTAMP:{stamp:yyyyMMdd'T'HHmmss'Z'}")];
        return changes.Aggregate(text, (whole, change) => Regex.Replace(whole, change.Old, change.New, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OutlookDesktopAccepts, OutlookDesktopDelegates, OutlookDesktopCounters, ExchangeOnlineAccepts, GmailDeclines, AppleCalendarIsTentative,
        ICloudAccepts, ThunderbirdAccepts, FastmailDeclines, SogoAccepts, AskedForAgain, InviteeCancels, SeriesWithAnException,
    ];
}
