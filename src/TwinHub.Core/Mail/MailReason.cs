using Npgsql;

namespace TwinHub.Core.Mail;

/// <summary>Why a mail is still worth sending; asked again before each attempt. A reason is "kind:subject".</summary>
public sealed class MailReason(NpgsqlDataSource source, TimeProvider time, HubClock clock)
{
    private const string Living = "from invitations i join webinars w on w.id = i.webinar_id where i.id = $1 and i.removed_at is null and w.state = 'scheduled'";

    /// <summary>As long as the link works.</summary>
    public static string SignInLink(byte[] hash) => "sign-in-link:" + Convert.ToHexStringLower(hash);

    /// <summary>As long as the person is invited and no newer calendar message was written to them.</summary>
    public static string Invitation(Guid invitation) => $"invitation:{invitation}";

    /// <summary>As long as this is what holds, <c>waiting</c>, <c>accepted</c> or <c>none</c>.</summary>
    public static string Response(Guid invitation, string response) => $"{response}:{invitation}";

    /// <summary>As long as the webinar lies ahead, at the time the reminder says, and the person has not declined.</summary>
    public static string Reminder(Guid invitation, DateTimeOffset start) => $"webinar-reminder:{invitation}/{start.ToUnixTimeSeconds()}";

    public async Task<bool> StillHolds(OutgoingMail mail, CancellationToken cancel)
    {
        if (mail.Reason is not { } reason)
        {
            return true;
        }
        var (kind, subject) = (reason[..reason.IndexOf(':', StringComparison.Ordinal)], reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return await Exists(kind switch
        {
            "sign-in-link" => ("select 1 from sign_in_links where hash = $1 and used_at is null and expires_at > $2", [Convert.FromHexString(subject), time.GetUtcNow()]),
            "invitation" => ($"select 1 {Living} and i.email_id = $2", [Guid.Parse(subject), mail.Id]),
            "waiting" or "accepted" or "none" => ($"select 1 {Living} and i.response = $2", [Guid.Parse(subject), kind]),
            "webinar-reminder" when subject.Split('/') is [var id, var start] => (
                $"select 1 {Living} and i.response <> 'declined' and w.starts_at = to_timestamp($2) and w.starts_at > $3",
                [Guid.Parse(id), double.Parse(start, System.Globalization.CultureInfo.InvariantCulture), clock.GetUtcNow()]),
            _ => throw new InvalidOperationException($"Unknown mail reason {kind}"),
        }, cancel);
    }

    private async Task<bool> Exists((string Rows, object[] Values) asked, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select exists ({asked.Rows})");
        foreach (var value in asked.Values)
        {
            command.Parameters.AddWithValue(value);
        }
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
