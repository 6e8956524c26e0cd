using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Lessons;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Lessons and contributions of the group a row of the matrix is about, and the forms that change them.</summary>
public sealed class AccessLessons(AccessWorld world, AccessRow row, string role)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestHub Hub => world.Hub;

    private string Slug => AccessWorld.Group(role);

    /// <summary>Somebody of the group whom no row takes away.</summary>
    private string Somebody => Slug == People.TheirGroup ? People.Selin : "samah.anabtawi@nablus.example.org";

    public async Task<Guid> Message() => row.Id == "own" ? await Hub.Say(Somebody, $"Matrix {Guid.NewGuid():N}", Slug) : Guid.NewGuid();

    public async Task<Guid> Lesson() => row.Id == "own" ? await Hub.Lesson(Somebody, Slug) : Guid.NewGuid();

    /// <summary>The fields of a form on one of these pages.</summary>
    public async Task<(string, string)[]> Form(string path) => path.Split("handler=")[^1] switch
    {
        "name" => [("Input.Id", NewId()), ("Input.Organisation", (await Receiver()).ToString()), ("Input.Audience", "Matrix"), ("Input.DueOn", "2030-05-14")],
        "row" => [("row", (row.Id == "own" ? await Row() : Guid.NewGuid()).ToString()), ("act", "done")],
        "rewrite" => [("text", "Matrix")],
        "remove" => [],
        "settle" => [("key", row.Id == "own" ? await Proposal() : NewId()), ("confirmed", "true")],
        _ when path.EndsWith("/mark", StringComparison.Ordinal) => [("kind", "lesson"), ("on", "true")],
        _ when path.EndsWith("/lessons", StringComparison.Ordinal) => [("Input.Id", NewId()), ("Input.Kind", "lesson"), ("Input.Text", "Matrix")],
        _ => [("Input.Id", NewId()), ("Input.Giver", (await Giver()).ToString()), ("Input.Receiver", (await Receiver()).ToString()), ("Input.Text", "Matrix"), ("Input.HappenedOn", "2026-01-14")],
    };

    private static string NewId() => Guid.NewGuid().ToString();

    /// <summary>Something the receiving side's people must hear.</summary>
    private async Task<Guid> Row()
    {
        var made = new DisseminationInput(Guid.NewGuid(), await Receiver(), "Matrix", (await Hub.Today()).AddDays(9));
        return (await Hub.Get<DisseminationService>().Name(await Hub.PersonId(People.Claire), Slug, await Hub.Lesson(Somebody, Slug), made, Cancel)).Value;
    }

    private async Task<string> Proposal() =>
        $"activity {await Hub.Did("Matrix", await Giver(), (await Hub.Today()).AddDays(-3), slug: Slug)} {await Giver()} {await Receiver()}";

    private Task<Guid> Giver() => Partner(1);

    /// <summary>The member's and the observer's own side is the first of its group for the member.</summary>
    private Task<Guid> Receiver() => Partner(0);

    private async Task<Guid> Partner(int position)
    {
        var group = await Hub.GroupId(Slug);
        return (await Hub.Db(db => db.GroupPartners.Where(p => p.GroupId == group).OrderBy(p => p.Position).Select(p => p.OrganisationId).ToListAsync(Cancel)))[position];
    }
}
