using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register;

/// <summary>The entries of a network that a filter means. Drafts, sealed answers and messages are never looked into.</summary>
internal static class RegisterSearch
{
    public static IQueryable<TwinningGroup> Entries(TwinHubDb db, Guid network, RegisterFilter filter)
    {
        var (rows, text, theme) = (RegisterAccess.Entries(db, network), SearchWords.Prefixes(filter.Text), SearchWords.Prefixes(filter.Theme));
        rows = filter.Status is null ? rows : rows.Where(g => g.Status == filter.Status);
        rows = filter.Country is null ? rows
            : rows.Where(g => db.GroupPartners.Any(p => p.GroupId == g.Id && db.Organisations.Any(o => o.Id == p.OrganisationId && o.Country == filter.Country)));
        rows = filter.Kind is null ? rows
            : rows.Where(g => db.GroupPartners.Any(p => p.GroupId == g.Id && db.Organisations.Any(o => o.Id == p.OrganisationId && o.Kind == filter.Kind)));
        rows = filter.Activity is null ? rows
            : rows.Where(g => db.Activities.Any(a => a.GroupId == g.Id && a.Kind == filter.Activity && (a.State == Activity.Begun || a.State == Activity.Done)));
        rows = filter.Year is { } year ? AtWork(rows, year) : rows;
        if (theme.Length > 0)
        {
            var themed = Themed(db, network, theme);
            rows = rows.Where(g => themed.Contains(g.Id));
        }
        if (text.Length > 0)
        {
            var found = Found(db, network, text);
            rows = rows.Where(g => found.Contains(g.Id));
        }
        return rows;
    }

    /// <summary>Begun by the end of the year, and not to end before it; without a first day it began when it was made.</summary>
    private static IQueryable<TwinningGroup> AtWork(IQueryable<TwinningGroup> rows, int year)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var over = new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return rows.Where(g => (g.StartsOn != null ? g.StartsOn <= last : g.CreatedAt < over) && (g.EndsOn == null || g.EndsOn >= first));
    }

    private static IQueryable<Guid> Themed(TwinHubDb db, Guid network, string[] words) => db.Database.SqlQuery<Guid>(
        $"""select id as "Value" from twinning_groups where network_id = {network} and words_of(all_languages(themes)) @@ {string.Join(" & ", words)}::tsquery""");

    /// <summary>Every word stands somewhere in the entry, each perhaps in another part of it.</summary>
    private static IQueryable<Guid> Found(TwinHubDb db, Guid network, string[] words) => db.Database.SqlQuery<Guid>($"""
        select hit.group_id as "Value" from (
            select w.place, g.id as group_id from unnest({words}) with ordinality w(word, place) join twinning_groups g on g.words @@ w.word::tsquery
            union select w.place, p.group_id from unnest({words}) with ordinality w(word, place) join organisations o on o.words @@ w.word::tsquery join group_partners p on p.organisation_id = o.id
            union select w.place, t.group_id from unnest({words}) with ordinality w(word, place) join register_texts t on t.words @@ w.word::tsquery
            union select w.place, a.group_id from unnest({words}) with ordinality w(word, place) join activities a on a.words @@ w.word::tsquery and a.state in ('begun', 'done')
            union select w.place, l.group_id from unnest({words}) with ordinality w(word, place) join lessons l on l.words @@ w.word::tsquery and l.removed_at is null and l.kind <> 'decision'
            union select w.place, u.group_id from unnest({words}) with ordinality w(word, place) join quarterly_updates u on u.words @@ w.word::tsquery and u.submitted_at is not null
            union select w.place, u.group_id from unnest({words}) with ordinality w(word, place) join update_items i on i.words @@ w.word::tsquery and i.included
                join quarterly_updates u on u.id = i.update_id and u.submitted_at is not null
        ) hit join twinning_groups g on g.id = hit.group_id and g.network_id = {network}
        group by hit.group_id having count(distinct hit.place) = {words.Length}
        """);
}
