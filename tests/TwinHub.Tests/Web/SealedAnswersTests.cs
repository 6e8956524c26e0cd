using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TwinHub.Core.Mail;
using TwinHub.Core.Reminders;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>
/// A sealed answer is nowhere but in its own row: one nonce in it, searched for in every table, log line, hub event and mail. (What
/// pages and the API give out is searched by the access matrix, for every role.)
/// </summary>
public sealed class SealedAnswersTests(TestPostgres postgres)
{
    private const string Nonce = "nonce7f3a9c51";

    [Fact]
    public async Task A_sealed_answer_stands_in_its_row_alone_until_it_opens()
    {
        await using var hub = await TestHub.Start(postgres, "--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:TwinHub=Debug", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Debug", "--Logging:Console:LogLevel:Default=None");
        var log = new Lines();
        hub.Get<ILoggerFactory>().AddProvider(log);
        var (objective, review) = (await hub.Objective("Shade in nine streets"), await hub.Review("Shade"));
        var watchers = await Task.WhenAll(new[] { People.Claire, People.Rana, "derya.polat@gaziantep.example.org" }.Select(email => Watch(hub, email)));

        await Try(hub, review, objective);
        await Remind(hub, review);
        foreach (var watcher in watchers)
        {
            await watcher.Event("GroupChanged", e => e.GetProperty("id").GetString() == review.ToString());
        }

        var dump = await TableDump.Of(hub.Source);
        Assert.Equal(["review_answers"], dump.Where(table => Holds(table.Value)).Select(table => table.Key));
        Assert.DoesNotContain(watchers.SelectMany(one => one.Events), e => Holds(e.Argument.GetRawText()));
        // Statements may go unlogged for the first second of a context; what is tracked never does.
        Assert.Contains(log.Written, line => line.Contains("ReviewAnswer", StringComparison.Ordinal) || line.Contains("review_answers", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Written, Holds);
        var letters = await hub.MailTo(People.Rana);
        Assert.Contains(letters, mail => mail.GetProperty("kind").GetString() == "review-reminder");
        Assert.All(await Task.WhenAll(letters.Select(mail => hub.Eml(mail.GetProperty("id").GetString()!))), mail => Assert.False(Holds(SignIns.Text(mail))));
        Assert.Equal((true, false, false), (await Reads(hub, People.Selin, review), await Reads(hub, People.Rana, review), await Reads(hub, People.Claire, review)));

        Assert.Null((await hub.Answer(People.Rana, review, "The last one")).Refusal);
        Assert.Equal((true, true, true), (await Reads(hub, People.Selin, review), await Reads(hub, People.Rana, review), await Reads(hub, People.Claire, review)));
        foreach (var watcher in watchers)
        {
            await watcher.DisposeAsync();
        }
    }

    /// <summary>Taken, changed, taken again, and refused in every way: each time the nonce passes through.</summary>
    private static async Task Try(TestHub hub, Guid review, Guid objective)
    {
        using var selin = await hub.Api(People.Selin);
        using var browser = await hub.Browser(People.Emre);
        var mine = $"/api/v1/reviews/{review}/answers/mine";
        object Body(int version, params object[] ratings) => new { wentWell = $"well {Nonce}", strengthen = $"more {Nonce}", ratings, version };
        Assert.Equal(HttpStatusCode.OK, (await selin.Put(mine, Body(0, new { objective, rating = 3 }))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await selin.Put(mine, Body(1, new { objective, rating = 2 }))).StatusCode);
        await (await selin.Put(mine, Body(2))).Problem(400, "invalid");
        await (await selin.Put(mine, Body(7, new { objective, rating = 1 }))).Problem(409, "conflict");
        await (await selin.Put($"/api/v1/reviews/{Guid.NewGuid()}/answers/mine", Body(0))).Problem(404, "not_found");
        var page = $"/groups/{People.TheirGroup}/reviews/{review}";
        using var saved = await browser.PostForm(page, $"{page}?handler=answer", ("Input.WentWell", $"page {Nonce}"), ("Input.Strengthen", Nonce), ($"Input.Ratings[{objective}]", "4"), ("Input.Version", "2"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var claire = await hub.Api(People.Claire);
        await (await claire.Put(mine, Body(0, new { objective, rating = 3 }))).Problem(403, "not_allowed");
    }

    /// <summary>The mails of every step to whoever still owes an answer.</summary>
    private static async Task Remind(TestHub hub, Guid review)
    {
        await hub.Execute("delete from memberships where person_id = $1", await hub.PersonId("maya.dannaoui@tripoli.example.org"));
        await hub.Execute("update memberships set roles = '{reviewer}' where person_id = $1", await hub.PersonId(People.Rana));
        var chase = hub.App.Services.GetServices<IChase>().Single(one => one.Kind == "review");
        await hub.Db(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var owed = Assert.Single(await chase.Outstanding(db, [review], CancellationToken.None));
            foreach (var step in new[] { "open", "-3", "+1" })
            {
                await hub.Get<Outbox>().Queue(db, await chase.Write(db, owed, step, CancellationToken.None), CancellationToken.None);
            }
            await transaction.CommitAsync();
            return true;
        });
        await Eventually.True(async () => (await hub.MailTo(People.Rana)).Count(mail => mail.GetProperty("kind").GetString() == "review-reminder") == 3, "the reminders arrive");
    }

    private static async Task<LiveClient> Watch(TestHub hub, string email)
    {
        var client = await hub.Live(email);
        await client.Call("Watch", People.TheirGroup);
        await client.Call("Join", await hub.ChannelOf(People.TheirGroup), null);
        return client;
    }

    private static async Task<bool> Reads(TestHub hub, string email, Guid review)
    {
        using var browser = await hub.Browser(email);
        return Holds(await browser.Text($"/groups/{People.TheirGroup}/reviews/{review}"));
    }

    private static bool Holds(string text) => text.Contains(Nonce, StringComparison.OrdinalIgnoreCase);

    /// <summary>Every line, down to the statements sent to the database.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
