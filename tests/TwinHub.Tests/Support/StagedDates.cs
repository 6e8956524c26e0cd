using Microsoft.EntityFrameworkCore;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Tests.Support;

/// <summary>Drafts whose date is being found, as rows.</summary>
public static class StagedDates
{
    /// <summary>A draft of Claire's in Paris, whose people were asked for dates at nine, UTC, on days counted from today.</summary>
    public static async Task<StagedSearch> FindDate(this TestHub hub, string[] people, params int[] days)
    {
        var webinar = await hub.Stage("A date to find", hub.InDays(60), new(State: Webinar.Draft));
        var (invitations, links) = (new Dictionary<string, Guid>(), new Dictionary<string, string>());
        foreach (var email in people)
        {
            invitations[email] = await hub.Invite(webinar, email);
            links[email] = await hub.MailedLink(invitations[email], Secret.Date);
        }
        var dates = await hub.Change(async db =>
        {
            (await db.Webinars.SingleAsync(w => w.Id == webinar)).AskDates(hub.Now());
            db.InvitationLog.AddRange(invitations.Values.Select(id => new InvitationLogEntry(webinar, id, hub.Now(), "dates-asked")));
            var proposed = days.Select(day => new ProposedDate(webinar, Paris(hub.InDays(day)), hub.InDays(day))).ToList();
            db.AddRange(proposed);
            return proposed.Select(date => date.Id).ToList();
        });
        return new(webinar, dates, invitations, links);
    }

    /// <summary>What somebody said to the dates, in their order; a blank is no answer.</summary>
    public static Task<bool> Say(this TestHub hub, StagedSearch search, string email, params string[] answers) => hub.Change(db =>
    {
        db.DateAnswers.AddRange(answers.Zip(search.Dates).Where(pair => pair.First.Length > 0).Select(pair => new DateAnswer(pair.Second, search.Invitations[email], pair.First, hub.Now())));
        return Task.FromResult(true);
    });

    /// <summary>What somebody's answers are now, in the order of the dates; a blank is none.</summary>
    public static async Task<string> Said(this TestHub hub, StagedSearch search, string email)
    {
        var id = search.Invitations[email];
        var said = await hub.Db(db => db.DateAnswers.Where(a => a.InvitationId == id).ToDictionaryAsync(a => a.DateId, a => a.Answer));
        return string.Join(' ', search.Dates.Select(date => said.GetValueOrDefault(date, "-")));
    }

    /// <summary>The wall clock of Paris.</summary>
    public static DateTime Paris(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime;
}

/// <summary>A search for a date: its dates in the order of their days, and by address the invitations and the mailed links.</summary>
public sealed record StagedSearch(Guid Webinar, IReadOnlyList<Guid> Dates, IReadOnlyDictionary<string, Guid> Invitations, IReadOnlyDictionary<string, string> Links);
