using Npgsql;

namespace TwinHub.Core.Documents.Attachments;

/// <summary>
/// Programs name a document where a message's file is asked for (contract, <c>attachmentIds</c>): an attachment that shows it as it
/// stands is made in its place. What is no living document of the channel's group is left for the append to judge.
/// </summary>
public sealed class ShownDocuments(NpgsqlDataSource source, HubClock clock)
{
    private const string Show = """
        insert into attachments (id, group_id, person_id, name, size, document_id, version, created_at)
        select gen_random_uuid(), d.group_id, $2, d.name, v.size, d.id, d.version, $4
        from documents d
        join document_versions v on v.document_id = d.id and v.number = d.version
        join channel_access($1, $2) a on a.group_id = d.group_id and a.can_write
        where d.id = any($3) and d.deleted_at is null
          and not exists (select 1 from messages m where m.channel_id = $1 and m.author_id = $2 and m.client_message_id = $5)
        returning document_id, id
        """;

    /// <summary>The files of a post, documents replaced by attachments that show them; a repeated post makes none.</summary>
    public async Task<IReadOnlyList<Guid>> Of(Guid person, Guid channel, IReadOnlyList<Guid> files, Guid clientMessage, CancellationToken cancel)
    {
        if (files.Count == 0)
        {
            return files;
        }
        await using var command = source.CreateCommand(Show);
        foreach (var value in new object[] { channel, person, files.ToArray(), clock.GetUtcNow(), clientMessage })
        {
            command.Parameters.AddWithValue(value);
        }
        var shown = new Dictionary<Guid, Guid>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            shown[row.GetGuid(0)] = row.GetGuid(1);
        }
        return shown.Count == 0 ? files : [.. files.Select(file => shown.GetValueOrDefault(file, file))];
    }
}
