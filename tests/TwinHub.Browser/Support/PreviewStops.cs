using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Documents.Reading;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Support;

/// <summary>The page on which all pages of a PDF are shown.</summary>
public sealed class PreviewStops
{
    private Guid _pdf;

    public static async Task<PreviewStops> Prepare(TestHub hub)
    {
        var shared = await hub.Share(People.Rana, "مسودة الاستراتيجية – draft of the LED strategy.pdf", HostileFiles.Pdf("<</S/Named/N/NextPage>>"));
        Assert.Null(shared.Refusal);
        await hub.Get<ContentReading>().Run(TestContext.Current.CancellationToken);
        await Eventually.True(() => hub.Db(db => db.FileContents.AnyAsync(c => c.Pages == 1 && db.Documents.Any(d => d.Id == shared.Value && d.Hash == c.Hash))), "it is read", 30);
        return new PreviewStops { _pdf = shared.Value };
    }

    public IEnumerable<Stop> All => [new("document-pages", People.Selin, $"/documents/{_pdf}/versions/1/pages")];
}
