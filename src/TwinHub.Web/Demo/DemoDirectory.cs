using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Web.Demo;

/// <summary>What the demo shows of its people and its mail.</summary>
public sealed class DemoDirectory(IDbContextFactory<TwinHubDb> dbs)
{
    public async Task<IReadOnlyList<DemoPersonEntry>> People(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var roles = (await db.NetworkRoles.AsNoTracking().ToListAsync(cancel)).ToLookup(r => r.PersonId, r => r.Role);
        var groups = (await db.Memberships.Join(db.Groups, m => m.GroupId, g => g.Id, (m, g) => new { m.PersonId, g.Slug, m.Roles }).ToListAsync(cancel)).ToLookup(m => m.PersonId);
        var rows = await db.People.Where(p => p.DisabledAt == null)
            .Join(db.OrganisationPeople, p => p.Id, op => op.PersonId, (p, op) => new { p, op.OrganisationId })
            .Join(db.Organisations, x => x.OrganisationId, o => o.Id, (x, o) => new { x.p, o })
            .Join(db.Networks, x => x.o.NetworkId, n => n.Id, (x, n) => new { x.p.Id, x.p.Email, x.p.Name, x.o.Names, n.Slug }).OrderBy(x => x.Id).ToListAsync(cancel);
        return [.. rows.Select(row => new DemoPersonEntry(row.Email, row.Name, row.Names.In("en"), row.Slug,
            [.. groups[row.Id].Select(g => g.Slug).Order(StringComparer.Ordinal)], [.. roles[row.Id].Concat(groups[row.Id].SelectMany(g => g.Roles)).Distinct()], row.Names))];
    }

    public async Task<Guid?> Find(string? email, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var normal = EmailAddress.Normal(email ?? "");
        return await db.People.Where(p => p.Email == normal && p.DisabledAt == null).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The newest deliveries first.</summary>
    public async Task<IReadOnlyList<DemoMail>> Mailbox(int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Mailbox.Join(db.Emails, m => m.EmailId, e => e.Id, (m, e) => new { m.Id, e.Recipient, e.Subject, e.Kind, e.Language, m.ReceivedAt, e.About })
            .OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Id).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(m => new DemoMail(m.Id, m.Recipient, m.Subject, m.Kind, m.Language, m.ReceivedAt, JsonSerializer.Deserialize<JsonElement>(m.About)))];
    }

    public async Task<byte[]?> Content(Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Mailbox.Where(m => m.Id == id).Select(m => m.Content).SingleOrDefaultAsync(cancel);
    }
}

/// <summary>A person one may try the demo as.</summary>
public sealed record DemoPersonEntry(
    string Email, string Name, string Organisation, string Network, IReadOnlyList<string> Groups, IReadOnlyList<string> Roles, [property: JsonIgnore] LocalizedText Names);

/// <summary>A mail that was delivered in the demo.</summary>
public sealed record DemoMail(Guid Id, string To, string Subject, string Kind, string Language, DateTimeOffset SentAt, JsonElement About);
