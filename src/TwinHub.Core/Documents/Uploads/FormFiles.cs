using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>Files that a plain form sends, all in one request: each stands for itself, and a form sent twice makes each once.</summary>
public sealed class FormFiles(UploadService uploads, DocumentService documents)
{
    /// <summary>Makes a document of a file.</summary>
    public Task<Outcome<Guid>> Add(Guid person, string slug, Guid? folder, FormFile file, CancellationToken cancel) =>
        Take(person, slug, file, upload => documents.Add(person, slug, upload, new(Folder: folder), cancel), cancel);

    /// <summary>Makes a file the next version of a document.</summary>
    public Task<Outcome<Guid>> AddVersion(Guid person, string slug, Guid document, FormFile file, CancellationToken cancel) =>
        Take(person, slug, file, upload => documents.AddVersion(person, document, upload, cancel), cancel);

    private async Task<Outcome<Guid>> Take(Guid person, string slug, FormFile file, Func<Guid, Task<Outcome<Guid>>> make, CancellationToken cancel)
    {
        var received = await uploads.ReceiveOnce(person, slug, UploadId(person, file), file.Name, file.Content, cancel);
        if (received.Refusal is not null)
        {
            return received;
        }
        var made = await make(received.Value);
        if (made.Refusal is not null)
        {
            // Sent again it may be taken: nothing of it is kept until then.
            await uploads.Cancel(person, received.Value, cancel);
        }
        return made;
    }

    /// <summary>The same for the same place in the same form of the same person.</summary>
    private static Guid UploadId(Guid person, FormFile file)
    {
        Span<byte> place = stackalloc byte[36];
        person.TryWriteBytes(place);
        file.Form.TryWriteBytes(place[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(place[32..], file.Position);
        return new Guid(SHA256.HashData(place).AsSpan(0, 16));
    }
}

/// <summary>One of the files of a form.</summary>
/// <param name="Form">Made with the form.</param>
/// <param name="Position">Its place among the files of the form.</param>
public sealed record FormFile(Guid Form, int Position, string Name, Stream Content);
