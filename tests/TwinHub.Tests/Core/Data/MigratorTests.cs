using System.Text.Json.Nodes;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Data;

public sealed class MigratorTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Files_are_numbered_from_one_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Migrator.Files().Count), Migrator.Files().Select(file => file.Number));

    [Fact]
    public async Task Many_at_once_on_an_empty_database_apply_each_file_once()
    {
        await using var source = await Bare();

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => On(source).Run(Cancel)));

        Assert.Equal(Migrator.Files().Count, applied.Sum());
        Assert.Equal(Migrator.Files().Count, await Count(source, "migrations"));
        Assert.Equal(0, await On(source).Run(Cancel));
    }

    [Fact]
    public async Task A_database_is_current_when_every_file_was_applied()
    {
        await using var source = await Bare();
        await On(source).Run(Cancel, upTo: 0);
        Assert.False(await On(source).IsCurrent(Cancel));
        await On(source).Run(Cancel);
        Assert.True(await On(source).IsCurrent(Cancel));
    }

    [Fact]
    public async Task A_file_that_changed_after_it_was_applied_is_refused_by_name()
    {
        await using var source = await Bare();
        await On(source).Run(Cancel);
        await Execute(source, "update migrations set hash = 'another' where number = 1");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => On(source).Run(Cancel));

        Assert.StartsWith("Migration 0001_hub has changed since it was applied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_alone()
    {
        await using var source = await Bare();
        await On(source).Run(Cancel, upTo: 0);
        await Execute(source, $"insert into migrations values ({Migrator.Files().Count + 1}, 'of_tomorrow', 'hash', now())");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => On(source).Run(Cancel));

        Assert.StartsWith("The database was made by a newer version of TwinHub", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["migrations"], await TableDump.Tables(source));
    }

    [Fact]
    public async Task A_migration_may_take_longer_than_an_ordinary_command()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Bare() + ";Command Timeout=1");
        await using var before = await source.OpenConnectionAsync(Cancel);
        // The lock another node holds while it migrates ("twinhub").
        await new NpgsqlCommand($"select pg_advisory_lock({0x7477696e687562})", before).ExecuteNonQueryAsync(Cancel);

        var waiting = On(source).Run(Cancel);
        await Eventually.True(async () => waiting.IsCompleted || await HasWaited(source), "the second node has waited longer than a command may take");
        await new NpgsqlCommand($"select pg_advisory_unlock({0x7477696e687562})", before).ExecuteNonQueryAsync(Cancel);

        Assert.Equal(Migrator.Files().Count, await waiting);
    }

    [Fact]
    public async Task A_database_of_the_first_version_keeps_its_data_on_the_way_to_the_newest()
    {
        await using var source = await Bare();
        await On(source).Run(Cancel, upTo: 1);
        await Execute(source, Version("0001.sql"));
        var before = await Rows(source);
        Assert.Empty(before.Where(table => table.Value.Count == 0).Select(table => table.Key));

        await On(source).Run(Cancel);

        var after = await Rows(source);
        Assert.All(before.Where(table => table.Key != "migrations"), table => Assert.Equal(table.Value.Select(row => row.ToJsonString()).Order(StringComparer.Ordinal), Common(after[table.Key], table.Value)));
    }

    private async Task<NpgsqlDataSource> Bare() => NpgsqlDataSource.Create(await postgres.Bare());

    private static Migrator On(NpgsqlDataSource source) => new(source, TimeProvider.System);

    private static async Task<bool> HasWaited(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'advisory' and clock_timestamp() - query_start > interval '1.3 seconds'");
        return (long)(await command.ExecuteScalarAsync(Cancel))! > 0;
    }

    private static async Task<int> Count(NpgsqlDataSource source, string table)
    {
        await using var command = source.CreateCommand($"select count(*)::int from {table}");
        return (int)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static string Version(string file)
    {
        using var reader = new StreamReader(typeof(MigratorTests).Assembly.GetManifestResourceStream("versions/" + file)!);
        return reader.ReadToEnd();
    }

    private static async Task<Dictionary<string, List<JsonObject>>> Rows(NpgsqlDataSource source) =>
        (await TableDump.Of(source)).ToDictionary(table => table.Key,
            table => table.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => JsonNode.Parse(row)!.AsObject()).ToList());

    /// <summary>Rows of today with the columns they had then: what later versions add does not count.</summary>
    private static IEnumerable<string> Common(List<JsonObject> rows, List<JsonObject> then) => rows
        .Select(row => new JsonObject(then[0].Select(column => KeyValuePair.Create(column.Key, row[column.Key]?.DeepClone()))).ToJsonString())
        .Order(StringComparer.Ordinal);
}
