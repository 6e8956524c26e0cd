using System.Text;
using TwinHub.Core.Channels;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Tests.Support;

namespace TwinHub.Browser.Support;

/// <summary>A discussion with files in it, and the way of one of them to the documents.</summary>
public sealed class AttachmentStops
{
    private const string Group = $"/groups/{People.TheirGroup}";

    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Guid _minutes, _document;

    public static async Task<AttachmentStops> Prepare(TestHub hub)
    {
        var (stops, selin) = (new AttachmentStops(), await hub.PersonId(People.Selin));
        stops._minutes = await Make(hub, selin, "محضر اللقاء الثالث.txt", Encoding.UTF8.GetBytes("اتفقنا على زيارة السوق."));
        var picture = await Make(hub, selin, "Bakırcılar çarşısı.png", Pixel);
        var channel = await hub.ChannelOf(People.TheirGroup);
        await hub.Get<ChatService>().Post(selin, channel, new(Guid.NewGuid(), "Dünkü ziyaretten bir kare ve tutanak.", [picture, stops._minutes]), CancellationToken.None);
        var upload = await hub.Get<UploadService>().Receive(selin, People.TheirGroup, "LED strategy.txt", new MemoryStream("Nine streets"u8.ToArray()), CancellationToken.None);
        stops._document = (await hub.Get<DocumentService>().Add(selin, People.TheirGroup, upload.Value, new(), CancellationToken.None)).Value;
        var shown = await hub.Get<AttachmentService>().Show(selin, People.TheirGroup, stops._document, CancellationToken.None);
        await hub.Get<ChatService>().Post(selin, channel, new(Guid.NewGuid(), "", [shown.Value.Id]), CancellationToken.None);
        return stops;
    }

    public IEnumerable<Stop> Of() =>
    [
        new("discussion-files", People.Rana, Group),
        new("discussion-share", People.Rana, $"{Group}?share={_document}"),
        new("attachment-share", People.Rana, $"{Group}/attachments/{_minutes}/share"),
    ];

    private static async Task<Guid> Make(TestHub hub, Guid person, string name, byte[] content)
    {
        var upload = await hub.Get<UploadService>().Receive(person, People.TheirGroup, name, new MemoryStream(content), CancellationToken.None);
        return (await hub.Get<AttachmentService>().Add(person, People.TheirGroup, upload.Value, isReduced: false, CancellationToken.None)).Value.Id;
    }
}
