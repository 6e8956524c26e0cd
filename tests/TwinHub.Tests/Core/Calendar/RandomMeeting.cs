using TwinHub.Core.Calendar;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>Events with every kind of text that survives writing: no control characters, no outer blanks.</summary>
internal static class RandomMeeting
{
    private static readonly string[] Letters =
        ["a", "Z", "7", " ", "\n", "\t", ",", ";", ":", "\\", "\\n", "\"", "'", "^", "^n", "^'", "=", "%", "%2C", "é", "İ", "ı", "ş", "ش", "ـ", "\u200F", "\u2067", "🎉", "👩🏽‍🏫", "mailto:", "BEGIN:VEVENT", "\uFEFF"];

    private const string Local = "abcxyz019.-_+%&'/=?#!~^{}|";

    public static CalendarEvent Next(Random random)
    {
        var start = new DateTimeOffset(2007 + random.Next(40), 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(525_600));
        return new CalendarEvent
        {
            Uid = Of(random, "abc019-_.@\\;,:\"^", 1 + random.Next(254)),
            Sequence = random.Next(3) == 0 ? int.MaxValue : random.Next(100),
            Stamp = start.AddSeconds(-random.Next(1_000_000)),
            Start = start,
            End = start.AddSeconds(1 + random.Next(20_000)),
            Summary = Text(random, 40),
            Description = Text(random, 400),
            Location = Text(random, 40),
            Url = random.Next(4) == 0 ? null : new Uri("https://hub.example.org/webinars/" + Uri.EscapeDataString(Text(random, 10)) + "?a=1,2;b='x'"),
            Organizer = new(Address(random), Text(random, 20)),
            Attendee = new(Address(random), Text(random, 20), (ParticipationStatus)(1 + random.Next(5)), random.Next(2) == 0),
        };
    }

    private static string Text(Random random, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Letters[random.Next(Letters.Length)])).Trim();

    private static string Address(Random random) => Of(random, Local, 1 + random.Next(60)).TrimStart('/') + "x@example.org";

    private static string Of(Random random, string letters, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]));
}
