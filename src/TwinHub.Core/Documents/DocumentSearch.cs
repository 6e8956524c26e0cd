using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Text;

namespace TwinHub.Core.Documents;

/// <summary>
/// Searches the documents of a group: names and descriptions by how words begin, what is written in them by the stems of all four
/// languages, whichever the document is in. Access is part of the query (security.md, Decided); the bin is never looked into.
/// </summary>
public sealed class DocumentSearch(IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>Hits of one page.</summary>
    public const int MostHits = 50;

    /// <summary>Of more documents that have the words, the newest are put in order: who finds so many writes one more word.</summary>
    private const int MostRanked = 1_000;

    /// <summary>Characters of a text in which the words are looked for again, to show their place.</summary>
    private const int Shown = 50_000;

    /// <param name="typed">What was typed; without a word in it nothing is found.</param>
    /// <param name="limit">1 to <see cref="MostHits"/>.</param>
    /// <param name="cursor"><see cref="DocumentHits.Next"/> of the page before; null: the first.</param>
    public async Task<Outcome<DocumentHits>> Find(Guid person, string slug, string? typed, int limit, string? cursor, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var group = await GroupStanding.Take(db, person, slug, cancel);
        var words = SearchWords.Prefixes(typed).Select(word => word[..^2]).ToArray();
        if (group.Refusal is { } refusal || words.Length == 0)
        {
            return group.Refusal is { } away ? away : new DocumentHits([], null);
        }
        var most = Math.Clamp(limit, 1, MostHits);
        var rows = await Rows(db, (person, group.Value.Group.Id), words, DocumentCursor.Parse(cursor), most + 1, cancel);
        var page = rows.Take(most).ToList();
        var stems = rows.Count == 0 ? [] : rows[0].Stems;
        return new DocumentHits([.. page.Select(row => row.Hit(DocumentSnippet.Of(row.Text, stems)))], rows.Count > most ? new DocumentCursor(page[^1].Rank, page[^1].Id).ToString() : null);
    }

    /// <summary>
    /// Every word must be there, as the beginning of one or by its stem. Words every text of a language is full of ("the", "les")
    /// are not in the index of texts: they are asked for only where nothing else is.
    /// </summary>
    private static Task<List<FoundRow>> Rows(TwinHubDb db, (Guid Person, Guid Group) where, string[] words, DocumentCursor after, int most, CancellationToken cancel) => db.Database.SqlQuery<FoundRow>($"""
        with typed as materialized (
            select to_tsquery('pg_catalog.simple', word || ':*') as start, plainto_tsquery('pg_catalog.english', word) as en, plainto_tsquery('pg_catalog.french', word) as fr,
                plainto_tsquery('pg_catalog.arabic', word) as ar, plainto_tsquery('pg_catalog.turkish', word) as tr
            from unnest({words}) word),
        each as materialized (select (start || en || fr || ar || tr) as either, least(numnode(en), numnode(fr), numnode(ar), numnode(tr)) = 0 as common from typed),
        needed as materialized (select either from each where not common or not exists (select 1 from each other where not other.common)),
        asked as materialized (
            select string_agg('(' || either::text || ')', ' & ')::tsquery as query, (select array_agg(distinct lexeme)
                from needed one, unnest(to_tsvector('pg_catalog.simple', regexp_replace(one.either::text, '['':*|&()]', ' ', 'g'))) as t(lexeme, places, weights)) as stems
            from needed),
        found as materialized (
            select d.id, d.words, d.changed_at from documents d
            where d.group_id = {where.Group} and d.deleted_at is null and d.words @@ (select query from asked)
              and exists (select 1 from twinning_groups g where g.id = d.group_id and (exists (select 1 from memberships m where m.group_id = g.id and m.person_id = {where.Person})
                or exists (select 1 from network_roles r where r.network_id = g.network_id and r.person_id = {where.Person} and r.role = 'facilitator')))
            order by d.changed_at desc limit {MostRanked}),
        ranked as (select id, ts_rank(words, (select query from asked))::float8 as rank from found)
        select d.id, d.name, d.description, d.folder_id as "FolderId", d.version, d.changed_at as "ChangedAt", c.type, c.size, left(c.text, {Shown}) as text, r.rank, (select stems from asked) as stems,
            exists (select 1 from content_previews p where p.hash = d.hash and p.size = 'small') as "HasPreview"
        from (select id, rank from ranked where (rank, id) < ({after.Rank}, {after.Id}) order by rank desc, id desc limit {most}) r
        join documents d on d.id = r.id join file_contents c on c.hash = d.hash
        order by r.rank desc, r.id desc
        """).ToListAsync(cancel);

    private sealed class FoundRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string Description { get; init; } = "";
        public Guid? FolderId { get; init; }
        public int Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string Type { get; init; } = "";
        public long Size { get; init; }
        public string? Text { get; init; }
        public double Rank { get; init; }
        public string[] Stems { get; init; } = [];
        public bool HasPreview { get; init; }

        public DocumentHit Hit(DocumentSnippet? snippet) => new(Id, Name, Description, FolderId, Version, ChangedAt, Type, Size, HasPreview, snippet);
    }
}

/// <summary>A page of hits, the best first.</summary>
/// <param name="Next">For the next page; null: there is none.</param>
public sealed record DocumentHits(IReadOnlyList<DocumentHit> Hits, string? Next);

/// <summary>A document that has the words.</summary>
/// <param name="Version">The newest version's number: its preview's address.</param>
/// <param name="Snippet">Where they stand in its text; null: in its name or description alone.</param>
public sealed record DocumentHit(Guid Id, string Name, string Description, Guid? FolderId, int Version, DateTimeOffset ChangedAt, string Type, long Size, bool HasPreview, DocumentSnippet? Snippet);

/// <summary>The last hit of a page: those after it have a lower rank, or the same and a lower id.</summary>
internal readonly record struct DocumentCursor(double Rank, Guid Id)
{
    private static readonly DocumentCursor Start = new(double.MaxValue, Guid.Empty);

    /// <summary>What was made up is the beginning.</summary>
    public static DocumentCursor Parse(string? cursor) =>
        cursor?.Split('_') is [var rank, var id] && double.TryParse(rank, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && Guid.TryParse(id, out var guid)
            ? new(number, guid) : Start;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank:R}_{Id:N}");
}
