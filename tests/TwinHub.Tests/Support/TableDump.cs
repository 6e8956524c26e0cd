using System.Text;
using Npgsql;

namespace TwinHub.Tests.Support;

/// <summary>What stands in the database, table by table, as a dump would show it.</summary>
public static class TableDump
{
    /// <summary>The names of all tables of the schema.</summary>
    public static async Task<IReadOnlyList<string>> Tables(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select table_name from information_schema.tables where table_schema = 'public' order by 1");
        await using var row = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await row.ReadAsync())
        {
            tables.Add(row.GetString(0));
        }
        return tables;
    }

    /// <summary>Every row of every table as text; columns named <c>table.column</c> left out.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Of(NpgsqlDataSource source, params string[] without)
    {
        var dump = new Dictionary<string, string>();
        foreach (var table in await Tables(source))
        {
            var columns = without.Where(one => one.StartsWith(table + ".", StringComparison.Ordinal)).Select(one => one.Split('.')[1]).ToArray();
            await using var command = source.CreateCommand($"select (to_jsonb(t) - $1::text[])::text from {table} t order by 1");
            command.Parameters.AddWithValue(columns);
            await using var row = await command.ExecuteReaderAsync();
            var text = new StringBuilder();
            while (await row.ReadAsync())
            {
                text.AppendLine(row.GetString(0));
            }
            dump[table] = text.ToString();
        }
        return dump;
    }
}
