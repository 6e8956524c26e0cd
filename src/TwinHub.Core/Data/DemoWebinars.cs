using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Core.Data;

/// <summary>
/// The demo's webinars: one that is over, with its report; one under way, with its room; one whose invitations go out when the
/// hub starts. Who answered and came follows from the names, so that the same day makes the same content.
/// </summary>
public sealed class DemoWebinars(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    public async Task Load(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var file in DemoNetworkFile.Webinars())
        {
            await Load(db, file, cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    private async Task Load(TwinHubDb db, DemoWebinar file, CancellationToken cancel)
    {
        var network = await db.Networks.SingleAsync(n => n.Slug == file.Network, cancel);
        var organiser = await db.People.SingleAsync(p => p.Email == file.Organiser, cancel);
        var starts = Starts(file, network);
        var webinar = new Webinar(network.Id, organiser.Id, "twinhub.example.org", new(file.Title, starts, network.TimeZone, file.DurationMinutes, "Online", $"https://meet.example.org/{file.Network}-{Number(file.Title)}",
            file.Context, file.Aims, file.Audience, file.Capacity, file.Language, file.Theme), clock.GetUtcNow().AddDays(-30));
        db.Webinars.Add(webinar);
        var invited = await Invite(db, webinar, file, cancel);
        if (file.Coming is null)
        {
            webinar.PublishFrom(clock.GetUtcNow());
        }
        else
        {
            webinar.Publish((webinar.StartsAt < clock.GetUtcNow() ? webinar.StartsAt : clock.GetUtcNow()).AddDays(-21));
        }
        await db.SaveChangesAsync(cancel);
        await Fill(db, webinar, file, invited, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private DateTime Starts(DemoWebinar file, Network network)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
        if (file.StartsInDays is { } days)
        {
            return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime).AddDays(days).ToDateTime(TimeOnly.Parse(file.Time!, CultureInfo.InvariantCulture));
        }
        var at = TimeZoneInfo.ConvertTime(clock.GetUtcNow().AddMinutes(file.StartsInMinutes ?? 0), zone).DateTime;
        return new DateTime(at.Year, at.Month, at.Day, at.Hour, at.Minute / 5 * 5, 0, DateTimeKind.Unspecified);
    }

    private static async Task<List<Invitation>> Invite(TwinHubDb db, Webinar webinar, DemoWebinar file, CancellationToken cancel)
    {
        var members = await db.Memberships.Where(m => m.PersonId != webinar.OrganiserId).Join(db.Groups.Where(g => g.NetworkId == webinar.NetworkId), m => m.GroupId, g => g.Id, (m, g) => new { m.PersonId, m.GroupId, m.Roles, g.Slug })
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new { m.PersonId, m.GroupId, m.Roles, m.Slug, p.Email }).OrderBy(m => m.Slug).ThenBy(m => m.Email).ToListAsync(cancel);
        var invited = members.OrderByDescending(m => m.Roles.Contains("lead")).DistinctBy(m => m.PersonId).Select(m =>
        {
            var invitation = new Invitation(webinar.Id, m.PersonId, m.GroupId, null, 0, webinar.StartsAt.AddDays(-21));
            if (file.Coming is { } coming)
            {
                // Leads come: whoever tries the demo is mostly one of them.
                var number = Number(file.Title + m.Email) % 100;
                var chance = m.Roles.Contains("lead") ? 0 : number;
                invitation.Take(chance < coming ? Invitation.Accepted : chance < coming + 8 ? Invitation.Tentative : Invitation.Declined, number % 3 == 0 ? "page" : number % 3 == 1 ? "link" : "calendar", webinar.StartsAt.AddDays(-19 + (number % 17)));
            }
            return invitation;
        }).ToList();
        db.Invitations.AddRange(invited);
        return invited;
    }

    private async Task Fill(TwinHubDb db, Webinar webinar, DemoWebinar file, List<Invitation> invited, CancellationToken cancel)
    {
        var people = await db.People.ToDictionaryAsync(p => p.Email, p => p.Id, cancel);
        var emails = people.ToDictionary(one => one.Value, one => one.Key);
        var there = file.Present is { } share ? invited.Where(i => i.Response == Invitation.Accepted).Select(i => (i.PersonId, Chance: Number(emails[i.PersonId] + file.Title))).Where(one => one.Chance % 100 < share).ToList() : [];
        await Agenda(db, webinar, file, people, cancel);
        db.WebinarMaterials.AddRange(file.Materials.Select(one => new WebinarMaterial(webinar.Id, one.Title, one.Url, webinar.StartsAt.AddDays(-2))));
        foreach (var (asked, place) in file.Questions.Select((one, place) => (one, place)))
        {
            var question = new RoomQuestion(Guid.CreateVersion7(), webinar.Id, people[asked.By], asked.Text, webinar.StartsAt.AddMinutes(5 + (3 * place)));
            question.Answer(asked.Answered ? webinar.StartsAt.AddMinutes(15) : null);
            db.RoomQuestions.Add(question);
            db.QuestionVotes.AddRange(invited.Where(i => i.PersonId != people[asked.By]).Take(asked.Votes).Select(i => new QuestionVote(question.Id, i.PersonId, webinar.StartsAt.AddMinutes(12))));
        }
        foreach (var asked in file.Polls)
        {
            var poll = new RoomPoll(webinar.Id, asked.Question, asked.Choices, webinar.StartsAt.AddMinutes(10));
            if (!asked.Open)
            {
                poll.Close(webinar.StartsAt.AddMinutes(20));
            }
            db.RoomPolls.Add(poll);
            var voters = invited.Select(i => i.PersonId).ToList();
            var choices = asked.Votes.SelectMany((votes, choice) => Enumerable.Repeat(choice, votes)).Take(voters.Count).ToList();
            db.PollVotes.AddRange(choices.Select((choice, voter) => new PollVote(poll.Id, voters[voter], choice, webinar.StartsAt.AddMinutes(12))));
        }
        Attend(db, webinar, there);
        Afterwards(db, webinar, file, there);
    }

    private async Task Agenda(TwinHubDb db, Webinar webinar, DemoWebinar file, Dictionary<string, Guid> people, CancellationToken cancel)
    {
        var groups = await db.Groups.Where(g => g.NetworkId == webinar.NetworkId).ToDictionaryAsync(g => g.Slug, g => g.Id, cancel);
        var at = webinar.StartsAt;
        var isOver = webinar.EndsAt < clock.GetUtcNow();
        foreach (var (one, place) in file.Agenda.Select((one, place) => (one, place)))
        {
            var slot = new AgendaSlot(webinar.Id, place, one.Title, one.Speaker ?? "", one.Minutes, one.Group is null ? null : groups[one.Group]);
            if (one.Held || one.Now || (isOver && file.Coming is not null))
            {
                slot.Begin(at);
            }
            if (one.Held || (isOver && file.Coming is not null))
            {
                slot.End(at.AddMinutes(one.Minutes));
            }
            db.AgendaSlots.Add(slot);
            await db.SaveChangesAsync(cancel);
            foreach (var update in one.Updates ?? [])
            {
                await Say(db, webinar, slot, people[update.By], update.Text, at.AddMinutes(3), cancel);
            }
            at = at.AddMinutes(one.Minutes);
        }
    }

    /// <summary>The update, and the message with the same words in the group's discussion.</summary>
    private static async Task Say(TwinHubDb db, Webinar webinar, AgendaSlot slot, Guid person, string text, DateTimeOffset at, CancellationToken cancel)
    {
        var (message, language) = (Guid.CreateVersion7(), await db.People.Where(p => p.Id == person).Select(p => p.Language).SingleAsync(cancel));
        var tag = await db.Networks.Where(n => n.Id == webinar.NetworkId).Select(n => n.Tag).SingleAsync(cancel);
        var body = $"**{Texts.Shared.For(language).Say("room.stock.heading", ("title", Webinar.FullTitle(tag, webinar.Title)))}**\n\n{text}";
        await db.Database.ExecuteSqlAsync($"""
            with c as (update channels set revision = revision + 1 where group_id = {slot.GroupId} returning id, revision)
            insert into messages (id, channel_id, author_id, organisation_id, client_message_id, posted, revision, body, sent_at)
            select {message}, c.id, {person}, m.organisation_id, gen_random_uuid(), c.revision, c.revision, {body}, {at} from c, memberships m where m.group_id = {slot.GroupId} and m.person_id = {person}
            """, cancel);
        await db.Database.ExecuteSqlAsync($"insert into stock_updates (message_id, slot_id, person_id, body, at) values ({message}, {slot.Id}, {person}, {text}, {at})", cancel);
    }

    /// <summary>People come over some minutes, some go early, and one in seven loses the line for a while.</summary>
    private void Attend(TwinHubDb db, Webinar webinar, List<(Guid PersonId, int Chance)> there)
    {
        var end = webinar.EndsAt < clock.GetUtcNow() ? webinar.EndsAt : clock.GetUtcNow();
        foreach (var (person, chance) in there)
        {
            var joined = webinar.StartsAt.AddMinutes(-6 + (chance % 14));
            var left = end.AddMinutes(chance % 5 == 0 ? -(chance % 12) : 0);
            if (joined >= left)
            {
                continue;
            }
            if (chance % 7 == 0 && left - joined > TimeSpan.FromMinutes(30))
            {
                db.RoomVisits.AddRange(new RoomVisit(webinar.Id, person, RoomVisit.Room, joined, joined.AddMinutes(14)), new RoomVisit(webinar.Id, person, RoomVisit.Room, joined.AddMinutes(23), left));
                continue;
            }
            db.RoomVisits.Add(new(webinar.Id, person, RoomVisit.Room, joined, left));
        }
    }

    private static void Afterwards(TwinHubDb db, Webinar webinar, DemoWebinar file, List<(Guid PersonId, int Chance)> there)
    {
        if (file.Minutes is not null || file.Recording is not null)
        {
            webinar.Record(file.Minutes ?? "", file.Recording);
        }
        if (file.FollowedUp)
        {
            webinar.FollowUp(webinar.EndsAt.AddDays(1));
        }
        string[] home = ["The letter of the mayor.", "We start with our own market street.", "Ask the neighbourhood committees.", ""], better = ["A break after 45 minutes.", "", "Slides before the day.", "More time for questions."];
        foreach (var (person, chance) in file.Survey ? there.Where(one => one.Chance % 2 == 0) : [])
        {
            var answer = new SurveyAnswer(webinar.Id, person);
            answer.Say(3 + (chance % 3), home[chance % home.Length], better[chance / 4 % better.Length], webinar.EndsAt.AddDays(1).AddHours(chance % 70));
            db.SurveyAnswers.Add(answer);
        }
    }

    /// <summary>A number of two bytes that depends only on the text.</summary>
    private static int Number(string text) => BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
