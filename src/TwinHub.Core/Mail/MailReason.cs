using Npgsql;

namespace TwinHub.Core.Mail;

/// <summary>Why a mail is still worth sending; asked again before each attempt. A reason is "kind:subject".</summary>
public sealed class MailReason(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>As long as the link works.</summary>
    public static string SignInLink(byte[] hash) => "sign-in-link:" + Convert.ToHexStringLower(hash);

    public async Task<bool> StillHolds(string? reason, CancellationToken cancel)
    {
        if (reason is null)
        {
            return true;
        }
        var (kind, subject) = (reason[..reason.IndexOf(':', StringComparison.Ordinal)], reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        if (kind != "sign-in-link")
        {
            throw new InvalidOperationException($"Unknown mail reason {kind}");
        }
        await using var command = source.CreateCommand("select exists (select 1 from sign_in_links where hash = $1 and used_at is null and expires_at > $2)");
        command.Parameters.AddWithValue(Convert.FromHexString(subject));
        command.Parameters.AddWithValue(time.GetUtcNow());
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
