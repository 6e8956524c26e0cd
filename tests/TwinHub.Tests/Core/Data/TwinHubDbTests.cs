using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TwinHub.Core.Data;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Data;

/// <summary>The EF model beside the migrated database: the SQL files decide, the model follows.</summary>
public sealed class TwinHubDbTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    /// <summary>Tables that only plain SQL knows.</summary>
    private static readonly string[] PlainTables = ["migrations", "idempotency_keys", "data_protection_keys"];

    /// <summary>Columns, as <c>table.column</c>, that only plain SQL knows in a table the model has.</summary>
    private static readonly string[] PlainColumns =
        ["organisations.words", "twinning_groups.words", "activities.words", "lessons.words", "register_texts.words", "quarterly_updates.words", "update_items.words", "documents.words"];

    public static TheoryData<string> Tables => [.. Entities(new DbContextOptionsBuilder<TwinHubDb>().UseNpgsql("Host=/nowhere").Options).Keys];

    [Fact]
    public async Task Every_table_has_an_entity_and_every_entity_a_table() =>
        Assert.Equal(await TableDump.Tables(fixture.Source), Tables.Select(table => table.Data).Concat(PlainTables).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Tables))]
    public async Task Columns_have_the_name_the_type_and_the_nulls_of_the_database(string table)
    {
        var columns = await fixture.Rows<string>("""
            select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
            from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and not attrelid::regclass || '.' || attname = any($2)
            """, table, PlainColumns);
        var mapped = Entity(table).GetProperties().Select(p => $"{p.GetColumnName()} {p.GetColumnType()}{(p.IsColumnNullable() ? "" : " not null")}");
        Assert.Equal(columns.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task The_key_is_the_primary_key(string table)
    {
        var key = await fixture.Rows<string>("""
            select a.attname::text from pg_index i, unnest(i.indkey) with ordinality k(number, place), pg_attribute a
            where i.indrelid = $1::text::regclass and i.indisprimary and a.attrelid = i.indrelid and a.attnum = k.number order by k.place
            """, table);
        Assert.Equal(key, Entity(table).FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()));
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task A_reference_of_the_model_is_a_foreign_key(string table)
    {
        var keys = await fixture.Rows<string>("""
            select string_agg(a.attname, ', ' order by k.place) || ' -> ' || c.confrelid::regclass from pg_constraint c
            cross join unnest(c.conkey) with ordinality k(number, place) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number
            where c.conrelid = $1::text::regclass and c.contype = 'f' group by c.oid, c.confrelid
            """, table);
        var references = Entity(table).GetForeignKeys().Select(key => $"{string.Join(", ", key.Properties.Select(p => p.GetColumnName()))} -> {key.PrincipalEntityType.GetTableName()}");
        Assert.Empty(references.Except(keys));
    }

    private IEntityType Entity(string table) => Entities(fixture.Get<DbContextOptions<TwinHubDb>>())[table];

    private static Dictionary<string, IEntityType> Entities(DbContextOptions<TwinHubDb> options)
    {
        using var db = new TwinHubDb(options);
        return db.Model.GetEntityTypes().ToDictionary(entity => entity.GetTableName()!);
    }
}
