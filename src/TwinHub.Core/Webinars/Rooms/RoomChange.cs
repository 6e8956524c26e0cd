using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>One change in a room: whoever makes it has a seat there, and everybody in it is told.</summary>
public sealed class RoomChange(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <param name="change">What is done in the transaction; a refusal undoes it.</param>
    internal Task<Outcome<bool>> Make(Guid person, Guid webinar, string what, Func<TwinHubDb, RoomSeat, Task<Refusal?>> change, CancellationToken cancel) =>
        Run(person, webinar, what, RoomAccess.Enter, change, cancel);

    /// <summary>As <see cref="Make"/>, for who runs the webinar.</summary>
    internal Task<Outcome<bool>> Lead(Guid person, Guid webinar, string what, Func<TwinHubDb, RoomSeat, Task<Refusal?>> change, CancellationToken cancel) =>
        Run(person, webinar, what, RoomAccess.Lead, change, cancel);

    private async Task<Outcome<bool>> Run(
        Guid person, Guid webinar, string what, Func<TwinHubDb, Guid, Guid, DateTimeOffset, CancellationToken, Task<Outcome<RoomSeat>>> enter, Func<TwinHubDb, RoomSeat, Task<Refusal?>> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var seat = await enter(db, person, webinar, Now, cancel);
        if ((seat.Refusal ?? await change(db, seat.Value)) is { } refusal)
        {
            return refusal;
        }
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinar} {what}"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
