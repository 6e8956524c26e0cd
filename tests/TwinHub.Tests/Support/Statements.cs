namespace TwinHub.Tests.Support;

/// <summary>SQL behind the hub's back.</summary>
public static class Statements
{
    /// <summary>One value.</summary>
    public static async Task<T> Scalar<T>(this TestHub hub, string sql, params object[] values)
    {
        await using var command = hub.Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A change behind the hub's back.</summary>
    public static async Task Execute(this TestHub hub, string sql, params object[] values)
    {
        await using var command = hub.Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
        await command.ExecuteNonQueryAsync();
    }
}
