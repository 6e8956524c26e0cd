using TwinHub.Core.Data;

namespace TwinHub.Core.People;

/// <summary>Adds who did what to the unit of work in hand; it is saved with what it tells of.</summary>
public static class AuditLog
{
    public static void Note(this TwinHubDb db, TimeProvider time, Guid? actor, string action, string? subject = null, string? address = null) =>
        db.Audit.Add(new AuditEntry(time.GetUtcNow(), actor, action, OneLine(subject), address));

    /// <summary>What people typed cannot begin a line of its own in the log (ASVS 16.4.1).</summary>
    private static string? OneLine(string? text) =>
        text is null ? null : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
