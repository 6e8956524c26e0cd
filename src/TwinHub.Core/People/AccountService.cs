using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Text;

namespace TwinHub.Core.People;

/// <summary>What people decide about their own account.</summary>
public sealed class AccountService(IDbContextFactory<TwinHubDb> dbs, TimeProvider time)
{
    /// <summary>Changes name, language, zone and colour scheme. The address is not changed here.</summary>
    public async Task<Outcome<bool>> Prefer(Guid personId, string? name, string? language, string? timeZone, string? scheme, CancellationToken cancel)
    {
        var clean = Names.Clean(name);
        var fault = clean is null ? Refusal.Invalid("name", "error.name")
            : !Languages.IsKnown(language) ? Refusal.Invalid("language", "error.language")
            : !Names.IsTimeZone(timeZone) ? Refusal.Invalid("timeZone", "error.time_zone")
            : scheme is not ("auto" or "light" or "dark") ? Refusal.Invalid("scheme")
            : null;
        if (fault is not null)
        {
            return fault;
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var person = await db.People.SingleAsync(p => p.Id == personId, cancel);
        person.Prefer(clean!, language!, timeZone!, scheme!);
        db.Note(time, personId, "account.changed");
        await db.SaveAndTell(new(Live.Notice.AccessChanged, personId.ToString()), cancel);
        return true;
    }

    /// <summary>The organisations a person belongs to, the first joined first.</summary>
    public async Task<List<(Guid Id, LocalizedText Names, Guid NetworkId)>> Organisations(Guid personId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.OrganisationPeople.Where(p => p.PersonId == personId).OrderBy(p => p.Since)
            .Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { o.Id, o.Names, o.NetworkId }).ToListAsync(cancel);
        return [.. rows.Select(row => (row.Id, row.Names, row.NetworkId))];
    }
}
