using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;

namespace TwinHub.Tests.Support;

/// <summary>Webinars and invitations as rows, in any state and at any time, also one that lies behind.</summary>
public static class StagedWebinars
{
    /// <summary>Nine in the morning, UTC, on a day counted from today.</summary>
    public static DateTimeOffset InDays(this TestHub hub, int days) => new(hub.Now().UtcDateTime.Date.AddDays(days).AddHours(9), TimeSpan.Zero);

    public static DateTimeOffset Now(this TestHub hub) => hub.App.Services.GetRequiredService<HubClock>().GetUtcNow();

    public static async Task<Guid> Stage(this TestHub hub, string title, DateTimeOffset starts, StagedWebinar? how = null)
    {
        how ??= new();
        var organiser = await hub.PersonId(how.Organiser);
        return await hub.Change(async db =>
        {
            var network = await db.Networks.Where(n => n.Slug == how.Network).Select(n => n.Id).SingleAsync();
            var wall = TimeZoneInfo.ConvertTime(starts, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime;
            var webinar = new Webinar(network, organiser, "example.org", new WebinarPlan(title, wall, "Europe/Paris", how.Minutes, how.Location, how.JoinUrl, how.Context, how.Aims, "", how.Capacity), hub.Now());
            if (how.State != Webinar.Draft)
            {
                webinar.Publish(hub.Now());
            }
            if (how.State == Webinar.Cancelled)
            {
                webinar.Cancel(hub.Now());
            }
            db.Webinars.Add(webinar);
            return webinar.Id;
        });
    }

    /// <summary>Asks somebody, who has perhaps answered already.</summary>
    public static async Task<Guid> Invite(this TestHub hub, Guid webinar, string email, string response = Invitation.None)
    {
        var person = await hub.PersonId(email);
        return await hub.Change(db =>
        {
            var invitation = new Invitation(webinar, person, null, null, 0, hub.Now());
            if (response != Invitation.None)
            {
                invitation.Take(response, "page", hub.Now());
            }
            db.Invitations.Add(invitation);
            return Task.FromResult(invitation.Id);
        });
    }

    /// <summary>The token of a link that was mailed to the invited person.</summary>
    public static async Task<string> MailedLink(this TestHub hub, Guid invitation, string purpose = Secret.Answer)
    {
        var token = Secret.New();
        await hub.Change(db =>
        {
            db.InvitationLinks.Add(new(Secret.Hash(purpose, token), invitation, purpose, hub.Now()));
            return Task.FromResult(true);
        });
        return token;
    }

    public static Task<Invitation> InvitationOf(this TestHub hub, Guid id) => hub.Db(db => db.Invitations.AsNoTracking().SingleAsync(i => i.Id == id));

    public static Task<T> Change<T>(this TestHub hub, Func<TwinHubDb, Task<T>> change) => hub.Db(async db =>
    {
        var made = await change(db);
        await db.SaveChangesAsync();
        return made;
    });
}

/// <summary>What is special about a staged webinar.</summary>
public sealed record StagedWebinar(string Organiser = People.Claire, string Network = "hmln", string State = Webinar.Scheduled, int Minutes = 90, int? Capacity = null)
{
    public string Location { get; init; } = "Virtual";
    public string? JoinUrl { get; init; }
    public string Context { get; init; } = "";
    public IReadOnlyList<string> Aims { get; init; } = [];
}
