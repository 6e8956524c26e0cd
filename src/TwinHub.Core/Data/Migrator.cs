using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TwinHub.Core.Data;

/// <summary>
/// Applies the numbered SQL files embedded in this assembly, each once, in order, each in its own transaction, under an
/// advisory lock so that several nodes may start at once. A file that was applied may never change: its hash is compared.
/// </summary>
public sealed class Migrator(NpgsqlDataSource source, TimeProvider time)
{
    private const long Lock = 0x7477696e687562; // "twinhub"

    /// <summary>Brings the database to the newest version.</summary>
    /// <returns>How many files were applied.</returns>
    /// <exception cref="MigrationException">An applied file has changed, or the database is newer than this program.</exception>
    public async Task<int> Run(CancellationToken cancel, int upTo = int.MaxValue)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Execute(connection, $"select pg_advisory_lock({Lock})", cancel);
        try
        {
            await Execute(connection, "create table if not exists migrations (number integer primary key, name text not null, hash text not null, applied_at timestamptz not null)", cancel);
            var applied = await Applied(connection, cancel);
            var files = Files().Where(file => file.Number <= upTo).ToList();
            Check(applied, files);
            var missing = files.Where(file => !applied.ContainsKey(file.Number)).ToList();
            foreach (var file in missing)
            {
                await Apply(connection, file, cancel);
            }
            return missing.Count;
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>Whether every file of this program has been applied.</summary>
    public async Task<bool> IsCurrent(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select coalesce(max(number), 0) from migrations");
        return (int)(await command.ExecuteScalarAsync(cancel))! == Files().Max(file => file.Number);
    }

    /// <summary>The embedded files in order.</summary>
    public static IReadOnlyList<MigrationFile> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(file => file.Number)];
    }

    private static MigrationFile Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd();
        var name = resource["migrations/".Length..^".sql".Length];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new(int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name, sql, hash);
    }

    private static async Task<Dictionary<int, string>> Applied(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select number, hash from migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancel))
        {
            applied[reader.GetInt32(0)] = reader.GetString(1);
        }
        return applied;
    }

    private static void Check(Dictionary<int, string> applied, List<MigrationFile> files)
    {
        var newest = Files().Max(file => file.Number);
        if (applied.Keys.Any(number => number > newest))
        {
            throw new MigrationException("The database was made by a newer version of TwinHub; start that version, or restore a backup.");
        }
        foreach (var file in files.Where(file => applied.TryGetValue(file.Number, out var hash) && hash != file.Hash))
        {
            throw new MigrationException($"Migration {file.Name} has changed since it was applied to this database; migrations are forward-only.");
        }
    }

    private async Task Apply(NpgsqlConnection connection, MigrationFile file, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Execute(connection, file.Sql, cancel);
        await using var note = new NpgsqlCommand("insert into migrations values ($1, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = file.Number }, new() { Value = file.Name }, new() { Value = file.Hash }, new() { Value = time.GetUtcNow() } },
        };
        await note.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        // A large table takes its time, and so does waiting for another node's migration: no limit but the caller's.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>One numbered SQL file.</summary>
public sealed record MigrationFile(int Number, string Name, string Sql, string Hash);

/// <summary>The database cannot be brought to this program's version; the message says why.</summary>
public sealed class MigrationException(string message) : Exception(message);
