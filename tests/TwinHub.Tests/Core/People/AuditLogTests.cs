using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

// Not Core.People: in tests that name is the demo’s people.
namespace TwinHub.Tests.Core;

public sealed class AuditLogTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    [Fact]
    public async Task What_people_typed_begins_no_line_of_its_own()
    {
        await using var db = await fixture.Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        db.Note(fixture.Time, null, "test", "a\r\n2026-01-01 sign-in\u0085b\0c\u001b[31m");
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.Equal("a  2026-01-01 sign-in b c [31m", await fixture.Scalar<string>("select subject from audit_log where action = 'test'"));
    }
}
