using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Documents;

/// <summary>What is found among the documents of a group, by whom, and how it is shown.</summary>
public sealed class DocumentSearchTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Coppersmith survey.txt", "en", "Nothing of note.", "copper", true)]
    [InlineData("en-stem.txt", "en", "The strategies were discussed at length in the souk of Tripoli.", "strategy souks", true)]
    [InlineData("fr-stem.txt", "fr", "Les élus ont adopté des règlements pour le marché.", "règlement marchés", true)]
    [InlineData("fr-accents.txt", "fr", "La stratégie économique territoriale.", "strategie economique", true)]
    [InlineData("tr-stem.txt", "tr", "Bakırcıların dükkânları onarılacak.", "dükkan bakırcı", true)]
    [InlineData("ar-stem.txt", "ar", "اجتمعت البلدية مع أصحاب الأسواق القديمة لمناقشة الخطة الاقتصادية", "اسواق بلدية", true)]
    [InlineData("مذكرة الأسواق.txt", "ar", "لا شيء", "مذكره", true)]
    [InlineData("stop.txt", "en", "The walk through the lamplighter quarter.", "the lamplighter", true)]
    [InlineData("both words.txt", "en", "Only the first stands here: watermill.", "watermill aqueduct", false)]
    [InlineData("empty.txt", "en", "Signpost.", "  !?  ", false)]
    public async Task Words_are_found_as_people_write_them(string name, string language, string text, string typed, bool found)
    {
        var id = (await Hub.Share(People.Rana, name, ReadableFiles.Utf8(text), language: language)).Value;
        await Read();
        Assert.Equal(found, (await Find(People.Selin, typed)).Hits.Any(hit => hit.Id == id));
    }

    [Fact]
    public async Task Nobody_finds_what_is_not_theirs_nor_what_is_in_the_bin()
    {
        var id = (await Hub.Share(People.Rana, "Zeppelin.txt", "a zeppelin over the port"u8.ToArray())).Value;
        await Read();
        Assert.Contains((await Find(People.Claire, "zeppelin")).Hits, hit => hit.Id == id);
        Assert.Equal(RefusalCode.NotFound, (await Search(People.Lina, "zeppelin")).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await Search(People.ForeignFacilitator, "zeppelin")).Refusal?.Code);
        Assert.Empty((await Hub.Get<DocumentSearch>().Find(await Hub.PersonId(People.Lina), People.OtherGroup, "zeppelin", 20, null, Cancel)).Value.Hits);
        await Hub.Execute("update documents set deleted_at = now() where id = $1", id);
        Assert.Empty((await Find(People.Rana, "zeppelin")).Hits);
    }

    [Fact]
    public async Task An_old_version_s_words_are_not_found()
    {
        var id = (await Hub.Share(People.Rana, "Draft.txt", "first wording: persimmon"u8.ToArray())).Value;
        var (person, uploads) = (await Hub.PersonId(People.Rana), Hub.Get<UploadService>());
        var upload = await uploads.Receive(person, People.TheirGroup, "Draft.txt", new MemoryStream("second wording: tamarind"u8.ToArray()), Cancel);
        Assert.Null((await Hub.Get<DocumentService>().AddVersion(person, id, upload.Value, Cancel)).Refusal);
        await Read();
        Assert.Empty((await Find(People.Rana, "persimmon")).Hits);
        Assert.Equal(2, Assert.Single((await Find(People.Rana, "tamarind")).Hits).Version);
    }

    [Fact]
    public async Task A_name_comes_before_a_text_and_every_page_goes_on_where_the_last_one_ended()
    {
        for (var i = 0; i < 7; i++)
        {
            await Hub.Share(People.Rana, $"Page {i}.txt", ReadableFiles.Utf8($"Number {i} of the caravanserai papers."), language: "en");
        }
        var named = (await Hub.Share(People.Rana, "Caravanserai.txt", "Nothing."u8.ToArray())).Value;
        await Read();
        var (seen, next, pages) = (new List<Guid>(), (string?)null, 0);
        do
        {
            var page = await Find(People.Rana, "caravanserai", 3, next);
            Assert.InRange(page.Hits.Count, 1, 3);
            seen.AddRange(page.Hits.Select(hit => hit.Id));
            (next, pages) = (page.Next, pages + 1);
        }
        while (next is not null);
        Assert.Equal((named, 8, 8, 3), (seen[0], seen.Count, seen.Distinct().Count(), pages));
        Assert.Equal(3, (await Find(People.Rana, "caravanserai", 3, "made up")).Hits.Count);
    }

    [Fact]
    public async Task The_place_of_the_words_is_shown_and_nothing_of_the_text_becomes_html()
    {
        await Hub.Share(People.Rana, "Hostile.txt", ReadableFiles.Utf8("Before <script>alert('x')</script> & the Lighthouses\u0001 <b>after</b> " + new string('z', 500)), language: "en");
        await Read();
        var html = Assert.Single((await Find(People.Rana, "lighthouse")).Hits).Snippet!.Html;
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; the <mark>Lighthouses</mark> &lt;b&gt;after", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 10, 600);
    }

    [Theory]
    [InlineData("' or 1=1 --")]
    [InlineData("a:* & !b | (c <-> d)")]
    [InlineData("\\'\\\"\0\uD800")]
    [InlineData("*:*:*:* ''' ((( )))")]
    public async Task Signs_of_the_search_language_are_only_signs(string typed) => Assert.Null((await Search(People.Rana, typed)).Refusal);

    /// <summary>The hub's own sweep may have begun what this one then leaves alone.</summary>
    private async Task Read()
    {
        await Hub.Get<ContentReading>().Run(Cancel);
        await Eventually.True(() => Hub.Db(async db => !await db.FileContents.AnyAsync(c => c.Reading == FileContent.Waiting, Cancel)), "everything is read", 60);
    }

    private async Task<DocumentHits> Find(string email, string typed, int limit = 20, string? cursor = null) => (await Search(email, typed, limit, cursor)).Value;

    private async Task<Outcome<DocumentHits>> Search(string email, string typed, int limit = 20, string? cursor = null) =>
        await Hub.Get<DocumentSearch>().Find(await Hub.PersonId(email), People.TheirGroup, typed, limit, cursor, Cancel);
}
