using System.Text.Json.Nodes;
using TwinHub.Core.Calendar;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>Calendars for other libraries to read, each with what they must find in it.</summary>
internal static class CheckedCalendars
{
    /// <summary>
    /// The last minute before and the first after a change of the clock: UTC, and what the wall clock shows. Where the clock
    /// no longer changes, its last change and a day on which the neighbours' did. All are past: no later zone data moves them.
    /// </summary>
    private static readonly (string Zone, string Utc, string Local)[] Starts =
    [
        ("Europe/Istanbul", "2016-03-27T00:59:00Z", "2016-03-27 02:59"), ("Europe/Istanbul", "2016-03-27T01:00:00Z", "2016-03-27 04:00"),
        ("Europe/Istanbul", "2025-10-26T00:59:00Z", "2025-10-26 03:59"), ("Europe/Istanbul", "2025-10-26T01:00:00Z", "2025-10-26 04:00"),
        ("Asia/Beirut", "2025-03-29T21:59:00Z", "2025-03-29 23:59"), ("Asia/Beirut", "2025-03-29T22:00:00Z", "2025-03-30 01:00"),
        ("Asia/Beirut", "2025-10-25T20:59:00Z", "2025-10-25 23:59"), ("Asia/Beirut", "2025-10-25T21:00:00Z", "2025-10-25 23:00"),
        ("Asia/Gaza", "2025-04-11T23:59:00Z", "2025-04-12 01:59"), ("Asia/Gaza", "2025-04-12T00:00:00Z", "2025-04-12 03:00"),
        ("Asia/Gaza", "2025-10-24T22:59:00Z", "2025-10-25 01:59"), ("Asia/Gaza", "2025-10-24T23:00:00Z", "2025-10-25 01:00"),
        ("Asia/Baghdad", "2007-09-30T23:59:00Z", "2007-10-01 03:59"), ("Asia/Baghdad", "2007-10-01T00:00:00Z", "2007-10-01 03:00"),
        ("Asia/Baghdad", "2025-03-29T22:00:00Z", "2025-03-30 01:00"), ("Asia/Baghdad", "2025-10-25T21:00:00Z", "2025-10-26 00:00"),
        ("Asia/Amman", "2022-02-24T21:59:00Z", "2022-02-24 23:59"), ("Asia/Amman", "2022-02-24T22:00:00Z", "2022-02-25 01:00"),
        ("Asia/Amman", "2025-03-29T22:00:00Z", "2025-03-30 01:00"), ("Asia/Amman", "2025-10-25T21:00:00Z", "2025-10-26 00:00"),
        ("Europe/Paris", "2025-03-30T00:59:00Z", "2025-03-30 01:59"), ("Europe/Paris", "2025-03-30T01:00:00Z", "2025-03-30 03:00"),
        ("Europe/Paris", "2025-10-26T00:59:00Z", "2025-10-26 02:59"), ("Europe/Paris", "2025-10-26T01:00:00Z", "2025-10-26 02:00"),
        ("America/Bogota", "1993-02-07T03:59:00Z", "1993-02-06 23:59"), ("America/Bogota", "1993-02-07T04:00:00Z", "1993-02-06 23:00"),
        ("America/Bogota", "2025-03-30T01:00:00Z", "2025-03-29 20:00"), ("America/Bogota", "2025-10-26T01:00:00Z", "2025-10-25 20:00"),
    ];

    private static readonly (string Title, string Description, string Place, string Organizer, string Attendee)[] Texts =
    [
        ("[HMLN Webinar] Twinning Arrangements; aims, slots", "Take stock:\n- \"progress\", risks;\n- C:\\shared\\plans\n\n🎉 See you!", "Online, room 1; https://meet.example.org/a?b=1,2", "Maya \"Mimi\" Haddad", "Khoury, Rana: Tripoli; port"),
        ("[HMLN] Accords de jumelage, étape n° 2 ; l’été", "À l’ordre du jour :\n« Où en sont les groupes ? », puis l’échange ;\nÉvelyne 👩🏽‍🏫", "Salle 4, 3ᵉ étage ; Lyon", "Évelyne Roux", "François d’Ormesson"),
        ("[شبكة التوأمة] ندوة عبر الإنترنت، ترتيبات التوأمة؛ المتابعة", string.Concat(Enumerable.Repeat("تعرض كلّ مجموعة توأمة ما أنجزته، وما تحتاج إليه؛ ثم نتّفق على الخطوات التالية.\n", 12)) + "🌍", "عبر الإنترنت، القاعة ١", "مايا حدّاد", "رنا «رنوش» خوري، طرابلس"),
        ("[HMLN] Eşleştirme düzenlemeleri, İSTANBUL ılık; ğüşöç", "Gündem:\nİlerleme, öğrenme boşlukları;\nç\\ş\n🧿", "Çevrim içi, oda 5", "Deniz Yılmaz", "Işıl \"İpek\" Öztürk"),
    ];

    /// <summary>The request, an update after an answer and the cancellation, for every start in every language; and a feed a language.</summary>
    public static IReadOnlyList<CheckedCalendar> All { get; } =
    [
        .. from text in Enumerable.Range(0, Texts.Length)
           from start in Enumerable.Range(0, Starts.Length)
           from message in Messages(Meeting(text, start))
           select new CheckedCalendar(message.Bytes, Starts[start].Zone, Found(message.Method, [(message.Meeting, Starts[start].Local)])),
        .. from text in Enumerable.Range(0, Texts.Length)
           from zone in Starts.Select(start => start.Zone).Distinct()
           select Feed(text, zone),
    ];

    private static IEnumerable<(string Method, CalendarEvent Meeting, byte[] Bytes)> Messages(CalendarEvent meeting)
    {
        var update = meeting with { Sequence = 3, Stamp = meeting.Stamp.AddDays(1), Attendee = meeting.Attendee! with { Status = ParticipationStatus.Accepted } };
        var cancelled = update with { Sequence = 4, Cancelled = true };
        return [("REQUEST", meeting, Meetings.Request(meeting)), ("REQUEST", update, Meetings.Request(update)), ("CANCEL", cancelled, Meetings.Cancel(cancelled))];
    }

    private static CheckedCalendar Feed(int text, string zone)
    {
        var starts = Enumerable.Range(0, Starts.Length).Where(start => Starts[start].Zone == zone);
        var events = starts.Select(start => (Meeting: Meeting(text, start) with { Cancelled = start % 2 == 1 }, Starts[start].Local)).ToArray();
        return new(
            new CalendarWriter().Feed(Texts[text].Title, events.Select(one => one.Meeting)), zone,
            Found("PUBLISH", [.. events.Select(one => (one.Meeting with { Attendee = null }, one.Local))]));
    }

    private static CalendarEvent Meeting(int text, int start)
    {
        var (title, description, place, organizer, attendee) = Texts[text];
        var at = DateTimeOffset.Parse(Starts[start].Utc, System.Globalization.CultureInfo.InvariantCulture);
        return Meetings.Webinar with
        {
            Uid = $"w{text}-{start}@hub.example.org",
            Stamp = at.AddDays(-30),
            Start = at,
            End = at.AddMinutes(90),
            Summary = title,
            Description = description,
            Location = place,
            Organizer = Meetings.Webinar.Organizer! with { Name = organizer },
            Attendee = Meetings.Webinar.Attendee! with { Name = attendee },
        };
    }

    private static JsonObject Found(string method, (CalendarEvent Meeting, string Local)[] events) =>
        new() { ["method"] = method, ["events"] = new JsonArray([.. events.Select(one => Found(one.Meeting, one.Local))]) };

    private static JsonObject Found(CalendarEvent meeting, string local) => new()
    {
        ["uid"] = meeting.Uid,
        ["sequence"] = meeting.Sequence,
        ["stamp"] = Instant(meeting.Stamp),
        ["start"] = Instant(meeting.Start),
        ["end"] = Instant(meeting.End),
        ["local"] = local,
        ["summary"] = meeting.Summary,
        ["description"] = meeting.Description,
        ["location"] = meeting.Location,
        ["url"] = meeting.Url!.AbsoluteUri,
        ["status"] = meeting.Cancelled ? "CANCELLED" : "CONFIRMED",
        ["organizer"] = new JsonArray(Person(meeting.Organizer!.Address, new() { ["CN"] = meeting.Organizer.Name })),
        ["attendee"] = meeting.Attendee is not { } attendee ? [] : new JsonArray(Person(attendee.Address, new()
        {
            ["CN"] = attendee.Name,
            ["CUTYPE"] = "INDIVIDUAL",
            ["PARTSTAT"] = attendee.Status == ParticipationStatus.Accepted ? "ACCEPTED" : "NEEDS-ACTION",
            ["ROLE"] = "REQ-PARTICIPANT",
            ["RSVP"] = "TRUE",
        })),
    };

    private static JsonObject Person(string address, JsonObject parameters) => new() { ["address"] = "mailto:" + address, ["parameters"] = parameters };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A calendar, the zone its starts are shown in, and what a reader must find.</summary>
internal sealed record CheckedCalendar(byte[] Bytes, string Zone, JsonObject Found);
