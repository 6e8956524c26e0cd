namespace TwinHub.Core.Channels;

/// <summary>
/// The append's SQL. Posts with files go through a text of their own, made of the same pieces: those without, nearly all, pay
/// nothing for them.
/// </summary>
internal static class AppendText
{
    public const string LockChannels = "select id from channels where id = any($1) order by id for update";

    /// <summary>After the channels, so that a file is judged as it stands and taken by one post alone.</summary>
    public const string LockFiles = "select id from attachments where id = any($1) order by id for update";

    /// <summary>Whose the files are and whether they are still free: the first post of a batch that names one has it.</summary>
    private const string Files = """
        , files as (
            select f.ord, f.attachment_id, f.position, x.group_id, x.id is not null and x.message_id is null and x.person_id = i.author_id
                   and first_value(i.channel_id::text || i.client_id) over (partition by f.attachment_id, i.author_id order by f.ord) = i.channel_id::text || i.client_id as is_free
            from unnest($10::integer[], $11::uuid[], $12::integer[]) as f(ord, attachment_id, position)
            join input i on i.ord = f.ord
            left join attachments x on x.id = f.attachment_id
        )
        """;

    private const string Taken = """

                        when exists (select 1 from files f where f.ord = i.ord and (not f.is_free or f.group_id <> a.group_id)) then 'invalid'
        """;

    private const string Number = ", (select count(*) from files f where f.ord = numbered.ord)";

    private const string Placed = """
        , placed as (
            update attachments x set message_id = n.message_id, position = f.position
            from files f join numbered n on n.ord = f.ord where n.is_new and x.id = f.attachment_id
        )
        """;

    private const string Shown = $"""
        ,
               (select json_agg({AttachmentColumns.Object} order by f.position)::text
                from files f join attachments x on x.id = f.attachment_id {AttachmentColumns.Joins} where f.ord = n.ord)
        """;

    public static string Append(bool withFiles) => $"""
        with input as (
            select * from unnest($1::integer[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[])
                as t(ord, channel_id, author_id, client_id, message_id, body)
        ){(withFiles ? Files : "")}, judged as (
            select i.*, c.revision as base, a.organisation_id, old.id as old_id, old.posted as old_posted, old.sent_at as old_sent_at,
                   first_value(i.ord) over (partition by i.channel_id, i.author_id, i.client_id order by i.ord) as first_ord,
                   case when a.group_id is null then 'not_found'
                        when old.id is not null then null
                        when not a.can_write then 'not_allowed'
                        when g.status in ('completed', 'endedEarly') then 'closed'{(withFiles ? Taken : "")} end as refusal
            from input i
            left join channels c on c.id = i.channel_id
            left join lateral channel_access(i.channel_id, i.author_id) a on true
            left join twinning_groups g on g.id = a.group_id
            left join messages old on old.channel_id = i.channel_id and old.author_id = i.author_id and old.client_message_id = i.client_id
        ), counted as (
            select j.*, refusal is null and old_id is null and ord = first_ord as is_new,
                   base + count(*) filter (where refusal is null and old_id is null and ord = first_ord) over (partition by channel_id order by ord) as number
            from judged j
        ), numbered as (
            select n.*, first_value(message_id) over copies as new_id, first_value(number) over copies as new_number
            from counted n window copies as (partition by channel_id, author_id, client_id order by ord)
        ), stored as (
            insert into messages (id, channel_id, author_id, organisation_id, client_message_id, posted, revision, body, sent_at{(withFiles ? ", attachments" : "")})
            select message_id, channel_id, author_id, organisation_id, client_id, number, number, body, $7{(withFiles ? Number : "")} from numbered where is_new
        ){(withFiles ? Placed : "")}, moved as (
            update channels c set revision = n.last
            from (select channel_id, min(number) as first, max(number) as last from numbered where is_new group by channel_id) n
            where c.id = n.channel_id returning c.id, n.first, n.last
        ), announced as (
            select pg_notify($8, $9 || string_agg(id || ':' || first || '-' || last, ' ')) from moved having count(*) > 0
        )
        select n.ord, n.refusal, coalesce(n.old_id, n.new_id), coalesce(n.old_posted, n.new_number), coalesce(n.old_sent_at, $7),
               not n.is_new, p.name, coalesce(o.city, o.names) ->> 'en', (select count(*) from announced){(withFiles ? Shown : "")}
        from numbered n
        left join people p on p.id = n.author_id
        left join organisations o on o.id = n.organisation_id
        """;
}
