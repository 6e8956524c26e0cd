using TwinHub.Jobs;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Jobs;

public sealed class TidyUpTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    [Fact]
    public async Task What_has_served_its_time_goes_and_the_rest_stays()
    {
        var (person, now) = (await fixture.Person("rana@example.org"), fixture.Time.GetUtcNow());
        await fixture.Execute("""
            insert into sign_in_links (hash, person_id, created_at, expires_at) select convert_to(name, 'UTF8'), $1, $2, $2::timestamptz + age::interval
            from (values ('link, gone', '-25 hours'), ('link, over', '-23 hours'), ('link, open', '10 minutes')) v(name, age)
            """, person, now);
        await fixture.Execute("""
            insert into sign_in_requests (id, email, asked_at, answered_at) select gen_random_uuid(), name, $1::timestamptz + age::interval, case when answered then $1::timestamptz end
            from (values ('request, gone', '-25 hours', true), ('request, waiting', '-25 hours', false), ('request, new', '-23 hours', true)) v(name, age, answered)
            """, now);
        await fixture.Execute("""
            insert into sessions (id, hash, person_id, created_at, last_seen_at, expires_at, device) select gen_random_uuid(), convert_to(name, 'UTF8'), $1, $2, $2, $2::timestamptz + age::interval, name
            from (values ('session, gone', '-1 second'), ('session, open', '1 minute')) v(name, age)
            """, person, now);
        await fixture.Execute("""
            insert into access_tokens (id, hash, person_id, name, created_at, expires_at) select gen_random_uuid(), convert_to(name, 'UTF8'), $1, name, $2, $2::timestamptz + age::interval
            from (values ('token, gone', '-1 second'), ('token, open', '1 minute'), ('token, for ever', null)) v(name, age)
            """, person, now);
        await fixture.Execute("""
            insert into job_runs (job, started_at) select name, $1::timestamptz + age::interval from (values ('run, gone', '-31 days'), ('run, recent', '-29 days')) v(name, age)
            """, now);
        await fixture.Execute("""
            insert into idempotency_keys (person_id, key, request, created_at) select $1, name, '', $2::timestamptz + age::interval from (values ('key, gone', '-25 hours'), ('key, kept', '-23 hours')) v(name, age)
            """, person, now);
        await fixture.Execute("""
            insert into inbound_mails (id, digest, content, received_at, next_at, state, outcome, settled_at)
            select gen_random_uuid(), convert_to(name, 'UTF8'), convert_to(name, 'UTF8'), $1, $1, state, nullif(outcome, ''), case when outcome <> '' then $1::timestamptz + age::interval end
            from (values ('mail, read long ago', 'done', 'recorded', '-31 days'), ('mail, given up long ago', 'failed', 'fault', '-31 days'), ('mail, read', 'done', 'recorded', '-29 days'), ('mail, waiting', 'waiting', '', '-31 days')) v(name, state, outcome, age)
            """, now);
        await fixture.Execute("insert into audit_log (at, action) values ($1, 'log, for ever')", now.AddYears(-5));

        Assert.Equal((8, 0), (await Run(), await Run()));

        Assert.Equal(
            ["key, kept", "link, open", "link, over", "log, for ever", "mail, read", "mail, waiting", "request, new", "request, waiting", "run, recent", "session, open", "token, for ever", "token, open"],
            (await fixture.Rows<string>("""
                select convert_from(hash, 'UTF8') from sign_in_links union all select email from sign_in_requests union all select device from sessions
                union all select name from access_tokens union all select job from job_runs union all select action from audit_log union all select key from idempotency_keys
                union all select convert_from(content, 'UTF8') from inbound_mails where content <> ''
                """)).Order(StringComparer.Ordinal));
        Assert.Equal(["done recorded mail, read", "done recorded mail, read long ago", "failed fault mail, given up long ago", "waiting mail, waiting"],
            (await fixture.Rows<string>("select concat_ws(' ', state, outcome, convert_from(digest, 'UTF8')) from inbound_mails")).Order(StringComparer.Ordinal));
    }

    private Task<int> Run() => fixture.Get<TidyUp>().Run(TestContext.Current.CancellationToken);
}
