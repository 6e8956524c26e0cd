using Npgsql;

namespace TwinHub.Core.Mail;

/// <summary>Why a mail is still worth sending; asked again before each attempt. A reason is "kind:subject".</summary>
public sealed class MailReason(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>As long as the link works.</summary>
    public static string SignInLink(byte[] hash) => "sign-in-link:" + Convert.ToHexStringLower(hash);

    /// <returns>Null: it is no reason that this node knows.</returns>
    public async Task<bool?> StillHolds(string? reason, CancellationToken cancel)
    {
        if (reason is null)
        {
            return true;
        }
        if (reason.Split(':') is not ["sign-in-link", var hash] || !hash.All(char.IsAsciiHexDigit) || hash.Length % 2 != 0)
        {
            return null;
        }
        await using var command = source.CreateCommand("select exists (select 1 from sign_in_links where hash = $1 and used_at is null and expires_at > $2)");
        command.Parameters.AddWithValue(Convert.FromHexString(hash));
        command.Parameters.AddWithValue(time.GetUtcNow());
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
