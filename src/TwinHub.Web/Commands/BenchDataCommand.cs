using Npgsql;
using TwinHub.Core.Live;
using TwinHub.Core.People;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Commands;

/// <summary>Fills an empty installation with groups for load tests and writes their channels and their members' tokens.</summary>
internal static class BenchDataCommand
{
    public static async Task<int> Run(HubArguments arguments, TextWriter output, CancellationToken cancel)
    {
        var (groups, members) = (arguments.Number("groups", 1, 10_000), arguments.Number("members", 1, 1_000));
        if (groups is null || members is null || arguments["out"] is not { } folder)
        {
            throw new CommandException("twinhub bench-data --groups N --members M --out DIR");
        }
        await using var tools = await CommandTools.Open(arguments, cancel);
        await RequireEmpty(tools.Database.Source, cancel);
        // First, so that a folder that cannot be made leaves the installation empty.
        Directory.CreateDirectory(folder);
        var (channels, tokens) = await Fill(tools.Database.Source, groups.Value, members.Value, cancel);
        await File.WriteAllLinesAsync(Path.Combine(folder, "channels.txt"), channels.Select(id => id.ToString()), cancel);
        await File.WriteAllLinesAsync(Path.Combine(folder, "tokens.txt"), tokens, cancel);
        await output.WriteLineAsync($"{groups} groups of {members} members; channels.txt and tokens.txt are in {folder}");
        return 0;
    }

    private static async Task RequireEmpty(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select exists (select 1 from networks)");
        if ((bool)(await command.ExecuteScalarAsync(cancel))!)
        {
            throw new CommandException("bench-data wants an empty installation; name another with --data DIR.");
        }
    }

    private static async Task<(Guid[] Channels, string[] Tokens)> Fill(NpgsqlDataSource source, int groups, int members, CancellationToken cancel)
    {
        var (network, left, right, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        var (groupIds, channelIds) = (Ids(groups), Ids(groups));
        var (people, tokens) = (Ids(groups * members), Enumerable.Range(0, groups * members).Select(_ => Secret.New()).ToArray());
        await using var batch = source.CreateBatch();
        // The marker that turns the posting limits off for this installation, and the word to hubs that run already.
        Add(batch, "update installation set posting_limits = false");
        batch.BatchCommands.Add(LiveNotifier.Command(new(Notice.LimitsLifted, "")));
        Add(batch, """insert into networks (id, slug, template, tag, names, time_zone, created_at) values ($1, 'bench', 'hosts', 'BENCH', '{"en":"Bench"}', 'UTC', $2)""", network, now);
        Add(batch, """
            insert into organisations (id, network_id, kind, names, country, initials, time_zone, created_at)
            values ($1, $3, 'municipality', '{"en":"North"}', 'LB', 'NO', 'UTC', $4), ($2, $3, 'municipality', '{"en":"South"}', 'TR', 'SO', 'UTC', $4)
            """, left, right, network, now);
        Add(batch, """
            insert into people (id, email, name, language, time_zone, created_at)
            select id, 'person' || n || '@bench.example.org', 'Person ' || n, 'en', 'UTC', $2 from unnest($1::uuid[]) with ordinality as t(id, n)
            """, people, now);
        Add(batch, """insert into twinning_groups (id, network_id, slug, themes, basis, status, created_at) select id, $2, 'bench-' || n, '{"en":"Load"}', 'informal', 'active', $3 from unnest($1::uuid[]) with ordinality as t(id, n)""", groupIds, network, now);
        Add(batch, "insert into group_partners (group_id, organisation_id, position, hue) select id, $2, 0, 'cedar' from unnest($1::uuid[]) as t(id)", groupIds, left);
        Add(batch, "insert into group_partners (group_id, organisation_id, position, hue) select id, $2, 1, 'indigo' from unnest($1::uuid[]) as t(id)", groupIds, right);
        Add(batch, "insert into channels (id, group_id, name) select c, g, 'discussion' from unnest($1::uuid[], $2::uuid[]) as t(c, g)", channelIds, groupIds);
        Guid[] memberOf = [.. Enumerable.Range(0, people.Length).Select(i => groupIds[i / members])];
        Guid[] side = [.. Enumerable.Range(0, people.Length).Select(i => i % 2 == 0 ? left : right)];
        Add(batch, "insert into organisation_people (organisation_id, person_id, since) select o, p, $3 from unnest($1::uuid[], $2::uuid[]) as t(o, p)", side, people, now);
        Add(batch, "insert into memberships (group_id, person_id, organisation_id, roles, since) select g, p, o, '{member}', $4 from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as t(g, p, o)", memberOf, people, side, now);
        byte[][] hashes = [.. tokens.Select(token => Secret.Hash(Secret.Access, token))];
        Add(batch, "insert into access_tokens (id, hash, person_id, name, created_at) select gen_random_uuid(), h, p, 'bench', $3 from unnest($1::bytea[], $2::uuid[]) as t(h, p)", hashes, people, now);
        await batch.ExecuteNonQueryAsync(cancel);
        return (channelIds, tokens);
    }

    private static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        batch.BatchCommands.Add(command);
    }
}
