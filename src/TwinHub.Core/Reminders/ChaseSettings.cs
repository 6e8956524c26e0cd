using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;
using TwinHub.Core.People;

namespace TwinHub.Core.Reminders;

/// <summary>A network's year, steps and days off, for its facilitators. What changes is planned anew at the next sweep.</summary>
public sealed class ChaseSettings(IDbContextFactory<TwinHubDb> dbs, TimeProvider time)
{
    private const int MostHolidays = 500;

    /// <summary>Not found for who does not belong to the network, not allowed for who does not facilitate it.</summary>
    public async Task<Outcome<(Network Network, IReadOnlyList<NetworkHoliday> Days)>> Read(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, person, slug, cancel);
        return network.Refusal is { } refusal ? refusal
            : (network.Value, await db.NetworkHolidays.Where(h => h.NetworkId == network.Value.Id).OrderBy(h => h.Day).ThenBy(h => h.Country).AsNoTracking().ToListAsync(cancel));
    }

    /// <summary>Sets year and steps.</summary>
    public async Task<Outcome<bool>> Set(Guid person, string slug, int yearStartsIn, string? before, string? after, int missedAfter, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, person, slug, cancel);
        if (network.Refusal is { } refusal)
        {
            return refusal;
        }
        var (early, late) = (Days(before), Days(after));
        if (Wrong(yearStartsIn, early, late, missedAfter) is { } wrong)
        {
            return wrong;
        }
        network.Value.Chase(yearStartsIn, new([.. early!.OrderDescending()], [.. late!.Order()], missedAfter));
        db.Networks.Update(network.Value);
        db.Note(time, person, "network.chase", slug);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Adds a day on which offices are closed or, against the list of public holidays, work; the same day again replaces it.</summary>
    public async Task<Outcome<bool>> Put(Guid person, string slug, string? country, DateOnly? day, string? name, bool closed, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, person, slug, cancel);
        if (network.Refusal is { } refusal)
        {
            return refusal;
        }
        if (country is not { Length: 2 } || !country.All(char.IsAsciiLetterUpper) || day is not { } on || name?.Trim() is not { Length: > 0 and <= 120 } called || called.Any(char.IsControl)
            || await db.NetworkHolidays.CountAsync(h => h.NetworkId == network.Value.Id, cancel) >= MostHolidays)
        {
            return Refusal.Invalid("day", "chase.error.day");
        }
        await db.Database.ExecuteSqlAsync($"""
            insert into network_holidays (network_id, country, day, name, closed) values ({network.Value.Id}, {country}, {on}, {called}, {closed})
            on conflict (network_id, country, day) do update set name = excluded.name, closed = excluded.closed
            """, cancel);
        return true;
    }

    public async Task<Outcome<bool>> Remove(Guid person, string slug, string? country, DateOnly? day, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, person, slug, cancel);
        if (network.Refusal is { } refusal)
        {
            return refusal;
        }
        await db.NetworkHolidays.Where(h => h.NetworkId == network.Value.Id && h.Country == country && h.Day == day).ExecuteDeleteAsync(cancel);
        return true;
    }

    private static async Task<Outcome<Network>> Facilitated(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var view = await NetworkService.Find(db, person, slug, cancel);
        return view.Refusal is { } refusal ? refusal : view.Value.Facilitates ? view.Value.Network : Refusal.NotAllowed;
    }

    private static Refusal? Wrong(int year, List<int>? before, List<int>? after, int missed) =>
        year is < 1 or > 12 ? Refusal.Invalid("yearStartsIn", "chase.error.year")
        : before is null || before.Count > 5 || before.Any(day => day is < 1 or > 29) ? Refusal.Invalid("before", "chase.error.before")
        : after is null || after.Count is 0 or > 5 || after.Any(day => day is < 1 or > 60) ? Refusal.Invalid("after", "chase.error.after")
        : missed <= after.Max() || missed > 90 ? Refusal.Invalid("missedAfter", "chase.error.missed") : null;

    /// <summary>Numbers with commas, each once; null: something is none. Digits of every script count.</summary>
    private static List<int>? Days(string? text)
    {
        var parts = (text ?? "").Split([',', '،', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.All(char.IsDigit) && part.Length <= 3 ? part.Aggregate(0, (sum, digit) => sum * 10 + (int)char.GetNumericValue(digit)) : -1).Distinct().ToList();
        return parts.Contains(-1) ? null : parts;
    }
}
