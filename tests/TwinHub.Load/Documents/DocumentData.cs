using Npgsql;

namespace TwinHub.Load.Documents;

/// <summary>Documents of one group, with texts of some 2,500 characters: seeded by the numbers of the rows. Their bytes are not there: lists and searches never open them.</summary>
public static class DocumentData
{
    private static readonly string[] Statements =
    [
        """
        insert into document_folders (id, group_id, name, created_by, created_at)
        select gen_random_uuid(), g.id, 'Folder ' || n, (select person_id from memberships where group_id = g.id limit 1), now() from twinning_groups g, generate_series(1, 100) n
        """,
        """
        create temporary table words as select array_position(array['en', 'fr', 'ar', 'tr'], language) as language, language as code, words from (values
            ('en', string_to_array('market municipality municipalities refugees traders survey workshop housing permit council agreement training visit lesson plan budget street water school women youth partner review report quarter', ' ')),
            ('fr', string_to_array('marché municipalité réfugiés commerçants enquête atelier logement permis conseil accord formation visite leçon plan budget rue eau école femmes jeunes partenaire bilan rapport trimestre', ' ')),
            ('ar', string_to_array('سوق بلدية البلديات لاجئون تجار استبيان ورشة سكن رخصة مجلس اتفاقية تدريب زيارة درس خطة ميزانية شارع مياه مدرسة نساء شباب شريك مراجعة تقرير ربع', ' ')),
            ('tr', string_to_array('pazar belediye mülteciler esnaf anket atölye konut izin meclis anlaşma eğitim ziyaret ders plan bütçe sokak su okul kadınlar gençler ortak değerlendirme rapor çeyrek', ' '))) v(language, words)
        """,
        """
        insert into file_contents (hash, size, type, reading, next_reading_at, text, created_at)
        select sha256(convert_to('bench ' || n, 'UTF8')), 20000 + n, 'application/pdf', 'done', now(),
            (select string_agg(w.words[1 + abs(hashtext(n || ':' || k)) % cardinality(w.words)], ' ') || ' ' || n from generate_series(1, 350) k), now()
        from generate_series(1, $1) n join words w on w.language = 1 + n % 4
        """,
        """
        insert into documents (id, group_id, folder_id, name, description, language, version, hash, created_by, created_at, changed_by, changed_at)
        select gen_random_uuid(), g.id, case when n % 101 < 100 then (select id from document_folders where name = 'Folder ' || (1 + n % 101)) end, 'Report ' || n || '.pdf', 'Of the working group, ' || n, (array['en', 'fr', 'ar', 'tr'])[1 + n % 4],
            1 + n % 3, sha256(convert_to('bench ' || n, 'UTF8')), m.person_id, now() - interval '1 hour' * n, m.person_id, now() - interval '1 hour' * n
        from generate_series(1, $1) n cross join twinning_groups g cross join lateral (select person_id from memberships where group_id = g.id order by person_id limit 1) m
        """,
        """
        insert into document_versions (document_id, number, hash, size, file_name, person_id, created_at)
        select d.id, v, d.hash, c.size, d.name, d.created_by, d.created_at from documents d join file_contents c on c.hash = d.hash, generate_series(1, d.version) v
        """,
        "insert into document_comments (id, document_id, version, person_id, body, created_at) select gen_random_uuid(), d.id, 1, d.created_by, 'Thank you, this helps.', now() from documents d, generate_series(1, 2)",
        "insert into group_storage (group_id, bytes) select d.group_id, sum(v.size) from documents d join document_versions v on v.document_id = d.id group by d.group_id",
        "analyze",
    ];

    public static async Task Fill(NpgsqlDataSource source, int documents)
    {
        await using var connection = await source.OpenConnectionAsync();
        foreach (var statement in Statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            if (statement.Contains("$1", StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(documents);
            }
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>One of the hundred folders.</summary>
    public static async Task<Guid> Folder(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select id from document_folders order by name limit 1");
        return (Guid)(await command.ExecuteScalarAsync())!;
    }
}
