using System.Globalization;
using Npgsql;

namespace TwinHub.Core.Mail;

/// <summary>Why a mail is still worth sending; asked again before each attempt. A reason is "kind:subject".</summary>
public sealed class MailReason(NpgsqlDataSource source, TimeProvider time, HubClock clock)
{
    private const string Invited = "from invitations i join webinars w on w.id = i.webinar_id where i.id = $1 and i.removed_at is null and w.state = 'scheduled'";

    private const string FindsDate = "from invitations i join webinars w on w.id = i.webinar_id where i.id = $1 and i.removed_at is null and w.state = 'draft' and w.dates_asked_at is not null";

    private const string OwesReview = """
        from milestone_reviews r join twinning_groups g on g.id = r.group_id join networks n on n.id = g.network_id
        where r.id = $1 and r.cancelled_at is null and g.status = 'active' and ($3 at time zone n.time_zone)::date < r.due_on + n.missed_after
          and not exists (select 1 from review_answers a where a.review_id = r.id and a.organisation_id = $2)
        """;

    private const string Open = "g.status not in ('completed', 'endedEarly')";

    /// <summary>As long as the link works.</summary>
    public static string SignInLink(byte[] hash) => "sign-in-link:" + Convert.ToHexStringLower(hash);

    /// <summary>As long as the person is invited and no newer calendar message was written to them.</summary>
    public static string Invitation(Guid invitation) => $"invitation:{invitation}";

    /// <summary>As long as this is what holds, <c>waiting</c>, <c>accepted</c> or <c>none</c>.</summary>
    public static string Response(Guid invitation, string response) => $"{response}:{invitation}";

    /// <summary>As long as the webinar lies ahead, at the time the reminder says, and the person has not declined.</summary>
    public static string Reminder(Guid invitation, DateTimeOffset start) => $"webinar-reminder:{invitation}:{start.ToUnixTimeSeconds()}";

    /// <summary>As long as the webinar is a draft with a date still to be found, and the person is on its list.</summary>
    public static string Dates(Guid invitation) => $"webinar-dates:{invitation}";

    /// <summary>As long as the person is on the list of a webinar that takes or took place.</summary>
    public static string StillInvited(Guid invitation) => $"invited:{invitation}";

    /// <summary>As long as the update is owed: not submitted, and the group active.</summary>
    public static string Register(Guid update) => $"register:{update}";

    /// <summary>As long as the update stands submitted.</summary>
    public static string RegisterIn(Guid update) => $"register-in:{update}";

    /// <summary>As long as the partner owes the review its answer, and that is not missed yet.</summary>
    public static string Review(Guid review, Guid organisation) => $"review:{review}:{organisation}";

    /// <summary>As long as the update is not in, and the group is no archive.</summary>
    public static string UpdateOwed(Guid update) => $"update-owed:{update}";

    /// <summary>As long as the partner has not answered the review, and nobody has cancelled it.</summary>
    public static string ReviewOwed(Guid review, Guid organisation) => $"review-owed:{review}:{organisation}";

    /// <summary>As long as the group is active and nobody has answered how it goes since.</summary>
    public static string Silent(Guid group, DateTimeOffset since) => $"silent:{group}:{since.ToUnixTimeSeconds()}";

    /// <returns>Null: it is no reason that this node knows.</returns>
    public async Task<bool?> StillHolds(OutgoingMail mail, CancellationToken cancel) => mail.Reason?.Split(':') switch
    {
        null => true,
        ["sign-in-link", var hash] when hash.All(char.IsAsciiHexDigit) && hash.Length % 2 == 0 =>
            await Exists("from sign_in_links where hash = $1 and used_at is null and expires_at > $2", cancel, Convert.FromHexString(hash), time.GetUtcNow()),
        ["invitation", var id] when Guid.TryParse(id, out var invitation) =>
            await Exists($"{Invited} and i.email_id = $2", cancel, invitation, mail.Id),
        ["invited", var id] when Guid.TryParse(id, out var invitation) => await Exists(Invited, cancel, invitation),
        [("waiting" or "accepted" or "none") and var response, var id] when Guid.TryParse(id, out var invitation) =>
            await Exists($"{Invited} and i.response = $2", cancel, invitation, response),
        ["webinar-reminder", var id, var start] when Guid.TryParse(id, out var invitation) && long.TryParse(start, CultureInfo.InvariantCulture, out var seconds) =>
            await Exists($"{Invited} and i.response <> 'declined' and w.starts_at = $2 and w.starts_at > $3", cancel, invitation, DateTimeOffset.FromUnixTimeSeconds(seconds), clock.GetUtcNow()),
        ["webinar-dates", var id] when Guid.TryParse(id, out var invitation) =>
            await Exists($"{FindsDate} and exists (select 1 from proposed_dates d where d.webinar_id = w.id and d.starts_at > $2)", cancel, invitation, clock.GetUtcNow()),
        ["register", var id] when Guid.TryParse(id, out var update) =>
            await Exists("from quarterly_updates u join twinning_groups g on g.id = u.group_id where u.id = $1 and u.submitted_at is null and g.status = 'active'", cancel, update),
        ["register-in", var id] when Guid.TryParse(id, out var update) => await Exists("from quarterly_updates where id = $1 and submitted_at is not null", cancel, update),
        ["review", var id, var partner] when Guid.TryParse(id, out var review) && Guid.TryParse(partner, out var organisation) => await Exists(OwesReview, cancel, review, organisation, clock.GetUtcNow()),
        ["update-owed", var id] when Guid.TryParse(id, out var update) =>
            await Exists($"from quarterly_updates u join twinning_groups g on g.id = u.group_id where u.id = $1 and u.submitted_at is null and {Open}", cancel, update),
        ["review-owed", var id, var partner] when Guid.TryParse(id, out var review) && Guid.TryParse(partner, out var organisation) =>
            await Exists($"from milestone_reviews r join twinning_groups g on g.id = r.group_id where r.id = $1 and r.cancelled_at is null and {Open} and not exists (select 1 from review_answers a where a.review_id = r.id and a.organisation_id = $2)", cancel, review, organisation),
        ["silent", var id, var since] when Guid.TryParse(id, out var group) && long.TryParse(since, CultureInfo.InvariantCulture, out var silence) =>
            await Exists("from twinning_groups g where g.id = $1 and g.status = 'active' and not exists (select 1 from alive_answers a where a.group_id = g.id and a.answered_at > $2)", cancel, group, DateTimeOffset.FromUnixTimeSeconds(silence)),
        _ => null,
    };

    private async Task<bool> Exists(string rows, CancellationToken cancel, params object[] values)
    {
        await using var command = source.CreateCommand($"select exists (select 1 {rows})");
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
