using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars.Dates;

/// <summary>Reading the search for a date: who runs the webinar sees who answered what, an invitee the numbers and their own answers.</summary>
public sealed class DatePollReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    private const int MostPeople = 10_000;

    /// <summary>Dates, people and answers, for who runs the webinar.</summary>
    public async Task<Outcome<DatePoll>> Find(Guid actor, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await WebinarAccess.Hidden(db, actor, id, cancel) is { } refusal)
        {
            return refusal;
        }
        var webinar = await db.Webinars.AsNoTracking().SingleAsync(w => w.Id == id, cancel);
        var view = (await WebinarReader.Views(db, actor, [webinar], cancel))[0];
        var dates = await DateList.Dates(db, id).AsNoTracking().ToListAsync(cancel);
        var answers = await DateList.Answers(db, id).AsNoTracking().ToListAsync(cancel);
        var people = People(webinar, dates, answers, await WebinarReader.Invited(db, DateList.People(db, id), MostPeople, cancel));
        var columns = new List<DateColumn>(dates.Count);
        foreach (var (date, place) in dates.Select((date, place) => (date, place)))
        {
            columns.Add(await Column(db, actor, webinar, date, place, people, answers, cancel));
        }
        var (fresh, silent) = (DateList.Fresh(db, id), await DateList.Silent(db, id, clock.GetUtcNow(), cancel));
        return new DatePoll(view, Ranked(columns), people, await fresh.CountAsync(cancel), await silent.CountAsync(cancel));
    }

    /// <summary>The dates for whom a mailed link is; not found when the person was taken off or nobody is asked.</summary>
    public async Task<Outcome<DateReply>> ByLink(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await LinkedInvitation.Find(db, Secret.Date, token, cancel) is not { Webinar: { DatesAskedAt: not null } webinar } found)
        {
            return Refusal.NotFound;
        }
        var view = (await WebinarReader.Views(db, found.Person.Id, [webinar], cancel))[0];
        var answers = await DateList.Answers(db, webinar.Id).AsNoTracking().ToListAsync(cancel);
        var mine = answers.Where(answer => answer.InvitationId == found.Invitation.Id).ToList();
        var dates = await Dates(db, view, found, answers, cancel);
        return new DateReply(view, found.Person.Name, found.Person.Language, found.Person.TimeZone, State(webinar, dates.Count > 0), dates,
            mine.Count == 0 ? null : mine.Max(answer => answer.AnsweredAt));
    }

    private string State(Webinar webinar, bool isDateAhead) => webinar.StateAt(clock.GetUtcNow()) switch
    {
        Webinar.Draft => isDateAhead ? "open" : "ended",
        Webinar.Scheduled or "live" => "decided",
        var over => over,
    };

    private async Task<List<ReplyDate>> Dates(TwinHubDb db, WebinarView view, LinkedInvitation found, List<DateAnswer> answers, CancellationToken cancel)
    {
        var home = (await AudienceService.Living(db, [found.Person.Id], cancel))[0];
        var (minutes, organiser) = (view.Webinar.DurationMinutes, view.Organiser.TimeZone);
        var dates = await DateList.Ahead(db, view.Webinar.Id, clock.GetUtcNow()).AsNoTracking().ToListAsync(cancel);
        var said = answers.ToLookup(answer => answer.DateId);
        return [.. dates.Select(date => new ReplyDate(date.Id, DateMoment.Of(date.StartsAt, minutes, home.TimeZone, home.Country), DateMoment.Of(date.StartsAt, minutes, organiser, null),
            DateCounts.Of(said[date.Id], view.Invited), said[date.Id].FirstOrDefault(answer => answer.InvitationId == found.Invitation.Id)?.Answer))];
    }

    private static List<DateInvitee> People(Webinar webinar, List<ProposedDate> dates, List<DateAnswer> answers, List<InvitationView> invited)
    {
        var said = answers.ToDictionary(answer => (answer.DateId, answer.InvitationId), answer => answer.Answer);
        return [.. invited.Select(one => new DateInvitee(one, [.. dates.Select(date => new DateCell(
            said.GetValueOrDefault((date.Id, one.Invitation.Id)), DateMoment.Of(date.StartsAt, webinar.DurationMinutes, one.TimeZone, one.Country)))]))];
    }

    private static async Task<DateColumn> Column(
        TwinHubDb db, Guid actor, Webinar webinar, ProposedDate date, int place, List<DateInvitee> people, List<DateAnswer> answers, CancellationToken cancel)
    {
        var here = DateMoment.Of(date.StartsAt, webinar.DurationMinutes, webinar.TimeZone, null);
        var plan = new WebinarPlan(webinar.Title, here.Start, webinar.TimeZone, webinar.DurationMinutes, "", null, "", [], "", null);
        var overlaps = await AudienceService.Overlaps(db, actor, [.. people.Select(one => one.View.Invitation.PersonId)], webinar.Id, plan, cancel);
        var warnings = AudienceTimes.Of(plan, [.. people.Select(one => new AudiencePerson(one.View.TimeZone, one.View.Country, one.View.Organisation))], overlaps).Warnings;
        var night = people.Count(one => one.Cells[place].Local.IsNight);
        // The form warns of the hours before and after work; who looks for a common hour over many zones has only nights to fear.
        return new(date, here, DateCounts.Of(answers.Where(answer => answer.DateId == date.Id), people.Count), null,
            [.. warnings.Where(warning => warning.Kind is not ("early" or "late")), .. night > 0 ? [new AudienceWarning("night", night)] : Array.Empty<AudienceWarning>()]);
    }

    private List<DateColumn> Ranked(List<DateColumn> columns)
    {
        var order = columns.Where(one => one.Date.StartsAt > clock.GetUtcNow())
            .OrderByDescending(one => one.Counts.Yes).ThenByDescending(one => one.Counts.Maybe).ThenBy(one => one.Date.StartsAt).ToList();
        return [.. columns.Select(one => one with { Rank = order.IndexOf(one) is >= 0 and var place ? place + 1 : null })];
    }
}
