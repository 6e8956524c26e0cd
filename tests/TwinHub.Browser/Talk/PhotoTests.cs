using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Talk;

/// <summary>A photo from a telephone on a line as weak as they are in the field: small at the other side in seconds, whole when wanted.</summary>
public sealed class PhotoTests(Site site) : IClassFixture<Site>
{
    /// <summary>100 kbit/s each way.</summary>
    private const double BytesPerSecond = 12_500;

    /// <summary>Shapes with the grain of a telephone's camera: 3 to 5 MB as JPEG.</summary>
    private const string Photo =
        """
        async () => {
          const [w, h] = [3600, 2400], canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [w, h];
          const context = canvas.getContext("2d");
          const sky = context.createLinearGradient(0, 0, 0, h);
          for (const [at, colour] of [[0, "#5a90c8"], [.45, "#e8d8b8"], [.5, "#8a6a48"], [1, "#3c3026"]]) sky.addColorStop(at, colour);
          context.fillStyle = sky; context.fillRect(0, 0, w, h);
          for (let i = 0; i < 60; i++) { context.fillStyle = `hsl(${i * 37 % 360} 40% ${30 + i % 40}%)`; context.fillRect(i * 61 % w, h * .4 + i * 29 % 700, 90 + i % 7 * 30, 200 + i % 5 * 90); }
          const pixels = context.getImageData(0, 0, w, h), data = pixels.data;
          for (let i = 0, seed = 7; i < data.length; i += 4) { seed = (seed * 1103515245 + 12345) & 0x7fffffff; const grain = (seed >> 16) % 49 - 24; data[i] += grain; data[i + 1] += grain; data[i + 2] += grain; }
          context.putImageData(pixels, 0, 0);
          const blob = await new Promise(resolve => canvas.toBlob(resolve, "image/jpeg", .86));
          return await new Promise(resolve => { const reader = new FileReader(); reader.onload = () => resolve(reader.result.split(",")[1]); reader.readAsDataURL(blob); });
        }
        """;

    [Fact]
    public async Task A_photo_is_seen_small_at_the_other_side_within_fifteen_seconds_of_a_weak_line()
    {
        await using var ziad = await site.Visit(People.Ziad, Screen.Phone, "ar");
        await using var selin = await site.Visit(People.Selin, Screen.Phone, "tr");
        var (tripoli, gaziantep) = (await Discussion.Open(ziad), await Discussion.Open(selin));
        var photo = Convert.FromBase64String(await ziad.Page.EvaluateAsync<string>(Photo));
        Assert.InRange(photo.Length, 3_000_000, 6_000_000);
        var line = await Line(ziad);
        await Set(line, BytesPerSecond);
        await Set(await Line(selin), BytesPerSecond);
        var clock = Stopwatch.StartNew();

        await Files(ziad).SetInputFilesAsync(new FilePayload { Name = "سوق النحّاسين.jpg", MimeType = "image/jpeg", Buffer = photo });
        await Expect(ziad.Page.Locator(".tray .slip")).ToHaveCountAsync(1);
        await tripoli.Send.ClickAsync();
        var picture = gaziantep.Log.Locator(".att.shot img");
        await Expect(picture).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Eventually.True(() => picture.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"), "the picture is drawn", 30);

        var seconds = clock.Elapsed.TotalSeconds;
        TestContext.Current.SendDiagnosticMessage("A photo of {0} bytes was seen after {1:0.0} s", photo.Length, seconds);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A photo of {photo.Length} bytes was seen after {seconds:0.0} s"));
        Assert.True(seconds < 15, $"{seconds:0.0} s");
        // The whole one waits for a press on such a line.
        Assert.True(await site.Hub.Scalar<bool>("select is_reduced and size < 90000 from attachments where name like 'سوق%'"));
        var full = tripoli.Log.Locator(".att .full");
        await Expect(full).ToBeVisibleAsync();
        await Set(line, -1);
        await full.ClickAsync();
        await Eventually.True(() => site.Hub.Scalar<bool>("select not is_reduced and size > 3000000 from attachments where name like 'سوق%'"), "the whole photo is there", 30);
        await Expect(gaziantep.Log.Locator(".att.shot img")).ToHaveCountAsync(1);
        Assert.Empty(ziad.Faults.Concat(selin.Faults));
    }

    [Fact]
    public async Task Files_chosen_before_a_cut_arrive_after_it_and_what_is_taken_out_does_not()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));
        FilePayload Paper(string name) => new() { Name = name, MimeType = "text/plain", Buffer = "counted in nine streets"u8.ToArray() };
        await Files(rana).SetInputFilesAsync([Paper("Stalls.txt"), Paper("Wrong.txt")]);
        var slips = rana.Page.Locator(".tray .slip");
        await Expect(slips).ToHaveCountAsync(2);
        await slips.Filter(new() { HasText = "Wrong.txt" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(slips).ToHaveCountAsync(1);
        await rana.Context.SetOfflineAsync(true);
        await Files(rana).SetInputFilesAsync(Paper("Kiosks.txt"));

        await tripoli.Field.FillAsync("Both lists");
        await tripoli.Send.ClickAsync();
        await Expect(tripoli.Saying("Both lists")).ToContainClassAsync("pending");
        await rana.Context.SetOfflineAsync(false);

        var message = gaziantep.Saying("Both lists");
        await Expect(message).ToBeVisibleAsync(new() { Timeout = 40_000 });
        Assert.Equal(["Stalls.txt", "Kiosks.txt"], await message.Locator(".att .name").AllTextContentsAsync());
        await Expect(tripoli.Saying("Both lists")).Not.ToContainClassAsync("pending");
        Assert.Equal(0L, await site.Hub.Scalar<long>("select count(*) from attachments where name = 'Wrong.txt' and message_id is not null"));
    }

    private static ILocator Files(Visitor visitor) => visitor.Page.Locator(".compose .choose:not(.camera) input");

    private static async Task<ICDPSession> Line(Visitor visitor)
    {
        var line = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await line.SendAsync("Network.enable");
        return line;
    }

    /// <summary>The narrowest of a page's sessions counts: the one that made the line weak makes it good again.</summary>
    private static async Task Set(ICDPSession line, double bytesPerSecond) => await line.SendAsync("Network.emulateNetworkConditions",
        new() { ["offline"] = false, ["latency"] = bytesPerSecond < 0 ? 0 : 300, ["downloadThroughput"] = bytesPerSecond, ["uploadThroughput"] = bytesPerSecond });
}
