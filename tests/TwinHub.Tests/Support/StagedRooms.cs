using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using Xunit;

namespace TwinHub.Tests.Support;

/// <summary>Rooms of webinars under way.</summary>
public static class StagedRooms
{
    /// <summary>A webinar that begins in five minutes, to which these people come.</summary>
    public static async Task<Guid> OpenRoom(this TestHub hub, params string[] emails)
    {
        var webinar = await hub.Stage("Under way", hub.Now().AddMinutes(5), new() { JoinUrl = "https://meet.example.org/under-way" });
        foreach (var email in emails)
        {
            await hub.Invite(webinar, email, Invitation.Accepted);
        }
        return webinar;
    }

    /// <summary>Saves an agenda of the facilitator's and gives its slots in order.</summary>
    public static async Task<List<AgendaSlot>> Agenda(this TestHub hub, Guid webinar, params SlotInput[] slots)
    {
        var saved = await hub.App.Services.GetRequiredService<AgendaService>().Save(await hub.PersonId(People.Claire), webinar, slots, TestContext.Current.CancellationToken);
        Assert.Null(saved.Refusal);
        return await hub.Slots(webinar);
    }

    public static Task<List<AgendaSlot>> Slots(this TestHub hub, Guid webinar) => hub.Db(db => db.AgendaSlots.Where(s => s.WebinarId == webinar).OrderBy(s => s.Position).AsNoTracking().ToListAsync());
}
