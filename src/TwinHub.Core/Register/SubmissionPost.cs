using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.People;

namespace TwinHub.Core.Register;

/// <summary>Tells both partners that an update was submitted, by whom, and how to take it back.</summary>
public sealed class SubmissionPost(Outbox outbox, RegisterLetters letters)
{
    internal async Task Send(TwinHubDb db, RegisterSeat seat, QuarterlyUpdate update, Guid submitter, CancellationToken cancel)
    {
        var who = (await Correspondents.OfRegister(db, [seat.Group.Id], cancel))[seat.Group.Id];
        var by = await db.People.AsNoTracking().SingleAsync(p => p.Id == submitter, cancel);
        var view = (await GroupService.Views(db, [seat.Group], cancel))[0];
        await outbox.QueueAll(db, who.Select(one => one.Person).OfType<Person>().DistinctBy(person => person.Id).Select(person => letters.Submitted(view, update, person, by)), cancel);
    }
}
