using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Channels;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>A room as it is in the middle of a webinar: a group takes stock, questions and a poll are open, hands are up.</summary>
public static class StagedRoom
{
    public static async Task FillRoom(this TestHub hub, Guid webinar)
    {
        var services = hub.App.Services;
        var (claire, rana, emre) = (await hub.PersonId(People.Claire), await hub.PersonId(People.Rana), await hub.PersonId(People.Emre));
        foreach (var email in new[] { People.Emre, People.Lina, People.Selin })
        {
            await hub.Invite(webinar, email, Invitation.Accepted);
        }
        var slots = await hub.Agenda(webinar, new(null, "Opening words", "Claire Fabre", 10), new(null, "The survey of workshops", "", 7, People.TheirGroup),
            new(null, "A cooperative’s first year", "", 7, People.OtherGroup), new(null, "Dates for spring", "All", 15));
        await services.GetRequiredService<AgendaService>().Begin(claire, webinar, slots[0].Id, CancellationToken.None);
        await services.GetRequiredService<AgendaService>().Begin(claire, webinar, slots[1].Id, CancellationToken.None);
        Assert.Null((await services.GetRequiredService<StockService>().Note(emre, webinar, slots[1].Id, new MessageDraft(Guid.NewGuid(), "The survey of workshops is finished in both cities."), CancellationToken.None)).Refusal);
        var questions = services.GetRequiredService<QuestionService>();
        var asked = Guid.NewGuid();
        await questions.Ask(emre, webinar, asked, "Who pays for the travel of people who are not municipal staff?", CancellationToken.None);
        await questions.Ask(rana, webinar, Guid.NewGuid(), "هل يمكن أن تزور مجموعتان معاً لتقاسم كلفة الترجمة؟", CancellationToken.None);
        await questions.Vote(rana, webinar, asked, true, CancellationToken.None);
        await services.GetRequiredService<PollService>().Open(claire, webinar, "Which month suits your visit best?", ["In March", "In April", "In May"], CancellationToken.None);
        var poll = await hub.Db(db => db.RoomPolls.Where(p => p.WebinarId == webinar).Select(p => p.Id).SingleAsync());
        await services.GetRequiredService<PollService>().Vote(rana, webinar, poll, 1, CancellationToken.None);
        await services.GetRequiredService<HandService>().Raise(emre, webinar, true, CancellationToken.None);
        await services.GetRequiredService<HandService>().Raise(rana, webinar, true, CancellationToken.None);
    }
}
