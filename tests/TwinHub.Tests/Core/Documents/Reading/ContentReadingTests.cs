using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Storage;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Reading;

/// <summary>What becomes of a file after it was shared, by itself: small pictures, words, language; and how they are given out.</summary>
public sealed class ContentReadingTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_that_was_shared_is_soon_seen_small_and_is_asked_for_once()
    {
        var id = await Share("Site visit.jpg", ReadableFiles.Photo(1000, 600, seed: 2));
        await Done(id);
        using var selin = await Hub.Browser(People.Selin);
        using var small = await selin.Get($"/documents/{id}/versions/1/preview/small");
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (small.StatusCode, small.Content.Headers.ContentType?.MediaType));
        Assert.Equal("private, max-age=86400", string.Join(", ", small.Headers.GetValues("Cache-Control").SelectMany(one => one.Split(", ")).Order(StringComparer.Ordinal).Reverse()));
        Assert.Contains("sandbox", small.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        selin.DefaultRequestHeaders.IfNoneMatch.Add(small.Headers.ETag!);
        using var again = await selin.Get($"/documents/{id}/versions/1/preview/small");
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var medium = await selin.Get($"/documents/{id}/versions/1/preview/medium");
        Assert.Equal(HttpStatusCode.NotFound, medium.StatusCode);
        using var pages = await selin.Get($"/documents/{id}/versions/1/view");
        Assert.Equal(HttpStatusCode.NotFound, pages.StatusCode);
    }

    [Fact]
    public async Task The_pages_of_a_pdf_are_shown_in_a_frame_of_one_page_only()
    {
        var id = await Share("Strategy \"LED\".pdf", HostileFiles.All.Single(file => file.Name == "script.pdf").Bytes);
        await Done(id);
        using var rana = await Hub.Browser(People.Rana);
        using var view = await rana.Get($"/documents/{id}/versions/1/view");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (view.StatusCode, view.Content.Headers.ContentType?.MediaType));
        Assert.Equal("inline", view.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox", view.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("/JavaScript", System.Text.Encoding.Latin1.GetString(await view.Content.ReadAsByteArrayAsync(Cancel)), StringComparison.Ordinal);
        using var page = await rana.Get($"/documents/{id}/versions/1/pages");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.EndsWith("; frame-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var other = await rana.Get("/groups");
        Assert.DoesNotContain("frame-src", other.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ar", "اجتمعت البلدية مع أصحاب المحلات في السوق القديم لمناقشة خطة التنمية الاقتصادية المحلية")]
    [InlineData("fr", "Le marché de la ville est dans les mains des artisans et la stratégie est pour tous")]
    [InlineData("tr", "Belediye ve esnaf bu yıl için bir plan yaptı, daha çok dükkân olan sokaklar ile başladı")]
    [InlineData("en", "The market of the city is in the hands of the craftsmen and the strategy is for all")]
    [InlineData(null, "12 17 Tripoli 44")]
    public async Task The_language_is_guessed_where_nobody_said_it(string? language, string text)
    {
        var id = await Share($"{language ?? "none"}.txt", ReadableFiles.Utf8(text));
        await Done(id);
        Assert.Equal(language, await Hub.Db(db => db.Documents.Where(d => d.Id == id).Select(d => d.Language).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task The_language_somebody_said_stays()
    {
        var id = (await Hub.Share(People.Rana, "Said.txt", "The market of the city is in the hands of the many"u8.ToArray(), language: "fr")).Value;
        await Done(id);
        Assert.Equal("fr", await Hub.Db(db => db.Documents.Where(d => d.Id == id).Select(d => d.Language).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Who_posts_a_picture_waits_until_it_is_small_and_never_for_long()
    {
        var id = await Share("Posted.jpg", ReadableFiles.Photo(900, 900, seed: 3));
        await Hub.Get<ContentReading>().ReadNow(await HashOf(id), Cancel);
        Assert.Equal(FileContent.Done, await StateOf(id));
        var begun = Stopwatch.GetTimestamp();
        await Hub.Get<ContentReading>().ReadNow(new byte[32], Cancel);
        await Hub.Get<ContentReading>().ReadNow(await HashOf(await Share("bomb.png", HostileFiles.All.Single(file => file.Name == "bomb.png").Bytes)), Cancel);
        Assert.True(Stopwatch.GetElapsedTime(begun) < ContentReading.Now + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_tried_three_times_and_then_left_alone()
    {
        var id = await Share("Vanished.txt", "These bytes go away."u8.ToArray());
        await Done(id);
        await Hub.Get<IDocumentStore>().Delete(await HashOf(id), Cancel);
        await Hub.Execute("update file_contents set reading = 'waiting', attempts = 0, next_reading_at = $2 where hash = $1", await HashOf(id), Hub.Time.GetUtcNow());
        for (var attempt = 1; attempt <= ContentReading.Tries; attempt++)
        {
            await Hub.Get<ContentReading>().Run(Cancel);
            var tried = attempt;
            await Eventually.True(async () => await Hub.Scalar<int>("select attempts from file_contents where hash = $1", await HashOf(id)) == tried, $"attempt {tried}");
            Hub.Time.Offset += TimeSpan.FromMinutes(15);
        }
        await Eventually.True(async () => await StateOf(id) == FileContent.Failed, "it is given up");
    }

    [Fact]
    public async Task A_text_with_more_words_than_can_be_searched_is_kept_in_part()
    {
        var id = await Share("words.txt", HostileFiles.All.Single(file => file.Name == "words.txt").Bytes);
        await Done(id);
        Assert.InRange(await Hub.Scalar<int>("select length(c.text) from documents d join file_contents c on c.hash = d.hash where d.id = $1", id), 1_000, 400_000);
    }

    [Fact]
    public async Task What_is_in_the_bin_shows_nothing_and_an_attachment_follows_its_message_or_its_document()
    {
        var id = await Share("Followed.jpg", ReadableFiles.Photo(300, 300, seed: 4));
        await Done(id);
        var (message, own, shown, mine) = (await Hub.Say(People.Rana, "Look"), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Hub.Execute("insert into attachments (id, group_id, person_id, message_id, name, hash, size, created_at) select x, d.group_id, d.created_by, m, 'a.jpg', d.hash, 1, now() from documents d, (values ($1::uuid, $2::uuid), ($3, null)) v(x, m) where d.id = $4", own, message, mine, id);
        await Hub.Execute("insert into attachments (id, group_id, person_id, message_id, name, size, document_id, version, created_at) select $1, d.group_id, d.created_by, $2, 'a.jpg', 1, d.id, 1, now() from documents d where d.id = $3", shown, message, id);
        using var rana = await Hub.Browser(People.Rana);
        using var selin = await Hub.Browser(People.Selin);
        Assert.Equal("200 200 404", await Statuses(selin, own, shown, mine));
        Assert.Equal("200 200 200", await Statuses(rana, own, shown, mine));
        await Hub.Execute("update documents set deleted_at = now() where id = $1", id);
        Assert.Equal("200 404 200", await Statuses(rana, own, shown, mine));
        using var gone = await rana.Get($"/documents/{id}/versions/1/preview/small");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await Hub.Execute("update messages set deleted = true where id = $1", message);
        Assert.Equal("404 404 200", await Statuses(rana, own, shown, mine));
    }

    private static async Task<string> Statuses(HttpClient browser, params Guid[] attachments)
    {
        var statuses = new List<int>();
        foreach (var id in attachments)
        {
            using var answer = await browser.Get($"/attachments/{id}/preview/small");
            statuses.Add((int)answer.StatusCode);
        }
        return string.Join(' ', statuses);
    }

    private async Task<Guid> Share(string name, byte[] bytes)
    {
        var shared = await Hub.Share(People.Rana, name, bytes);
        Assert.Null(shared.Refusal);
        return shared.Value;
    }

    private Task Done(Guid id) => Eventually.True(async () => await StateOf(id) != FileContent.Waiting, "it is read", 30);

    private Task<byte[]> HashOf(Guid id) => Hub.Db(db => db.Documents.Where(d => d.Id == id).Select(d => d.Hash).SingleAsync(Cancel));

    private Task<string> StateOf(Guid id) => Hub.Db(db => db.FileContents.Where(c => db.Documents.Any(d => d.Id == id && d.Hash == c.Hash)).Select(c => c.Reading).SingleAsync(Cancel));
}
