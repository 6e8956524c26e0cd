using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>A first draft of the minutes from what the room holds: who was there, the agenda with what the groups said, the questions.</summary>
public sealed class MinutesTemplate(IDbContextFactory<TwinHubDb> dbs, AttendanceReader attendances)
{
    /// <summary>What a group said and what was asked is quoted up to here: the minutes are shorter than the room.</summary>
    private const int MostOfQuote = 500, MostQuestions = 60;

    /// <summary>Markdown of at most <see cref="ReportService.MaxMinutes"/>, in the language the webinar is held in, else in the organiser's.</summary>
    public async Task<Outcome<string>> Write(Guid actor, Guid id, CancellationToken cancel)
    {
        var attendance = await attendances.Read(actor, id, cancel);
        if (attendance.Refusal is { } refusal)
        {
            return refusal;
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var view = attendance.Value.View;
        var language = view.Webinar.Language ?? await db.People.Where(p => p.Id == view.Organiser.Id).Select(p => p.Language).SingleAsync(cancel);
        var words = Texts.Shared.For(language);
        var agenda = await RoomReader.Agenda(db, actor, view.Webinar, cancel);
        var questions = await db.RoomQuestions.Where(q => q.WebinarId == id && q.HiddenAt == null).OrderBy(q => q.AskedAt).Take(MostQuestions).AsNoTracking().ToListAsync(cancel);
        // What is written by hand comes last; it keeps its place also where the room holds too much.
        var closing = $"\n## {words["minutes.decisions"]}\n\n- …\n\n## {words["minutes.next-steps"]}\n\n- {words["minutes.step"]}\n";
        var body = string.Join('\n', [.. Head(view, words), .. Places(attendance.Value, words), .. Slots(agenda, view.Webinar, words), .. Questions(questions, words)]);
        return LongText.Beginning(body, ReportService.MaxMinutes - closing.Length - 1) + "\n" + closing;
    }

    private static IEnumerable<string> Head(WebinarView view, Words words)
    {
        var (from, until) = (Local(view.Webinar.StartsAt, view.Webinar), Local(view.Webinar.EndsAt, view.Webinar));
        return [$"# {view.Title}", "", words.Say("minutes.when", ("date", words.LongDate(DateOnly.FromDateTime(from))), ("start", words.Clock(TimeOnly.FromDateTime(from))),
            ("end", words.Clock(TimeOnly.FromDateTime(until))), ("zone", words.ZoneLabel(view.Webinar.TimeZone)))];
    }

    private static IEnumerable<string> Places(Attendance attendance, Words words)
    {
        var places = attendance.Invited.Concat(attendance.Others).Where(one => one.Presence is not null).Select(one => one.Organisation?.In(words.Language)).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return ["", $"## {words["minutes.participants"]}", "", .. places.DefaultIfEmpty("…").Select(place => $"- {place}")];
    }

    private static IEnumerable<string> Slots(IReadOnlyList<SlotView> agenda, Webinar webinar, Words words) => agenda.Count == 0 ? [] :
        ["", $"## {words["minutes.agenda"]}", .. agenda.SelectMany(slot => Slot(slot, webinar, words))];

    private static IEnumerable<string> Slot(SlotView one, Webinar webinar, Words words)
    {
        var title = one.Group is { } group ? words.Say("minutes.of-group", ("group", group.Name(words.Language)), ("title", one.Slot.Title)) : one.Slot.Title;
        var time = words.Clock(TimeOnly.FromDateTime(Local(one.Slot.BeganAt ?? one.StartsAt, webinar)));
        return ["", $"### {time} {title}", .. one.Slot.Speaker.Length > 0 ? new[] { "", one.Slot.Speaker } : [], .. one.Updates.SelectMany(Quote), .. one.Updates.Count == 0 ? new[] { "", "…" } : []];
    }

    private static IEnumerable<string> Quote(UpdateView said) =>
        ["", .. LongText.Beginning(said.Update.Body, MostOfQuote).Split('\n').Select(line => $"> {line}"), $"> — {said.Author}"];

    private static IEnumerable<string> Questions(List<RoomQuestion> questions, Words words) => questions.Count == 0 ? [] :
        ["", $"## {words["minutes.questions"]}", "", .. questions.Select(question => $"- {words.Say(question.AnsweredAt is null ? "minutes.open" : "minutes.answered", ("question", question.Body))}")];

    private static DateTime Local(DateTimeOffset at, Webinar webinar) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(webinar.TimeZone)).DateTime;
}
