using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Templates;

/// <summary>Takes into the store what a template becomes, and the files that networks bring along.</summary>
public sealed class TemplatePress(Intake intake, UploadParts parts, TimeProvider time)
{
    /// <summary>Bytes of a network's own template.</summary>
    public const long MaxFile = 20L * 1024 * 1024;

    /// <summary>A built-in template with what is known of a group, as a file of the store.</summary>
    internal Task<Outcome<StoredFile>> Print(BuiltInTemplate template, TemplateFacts facts, string name, IEnumerable<IReadOnlyList<string>>? filled, CancellationToken cancel) =>
        Through(async (part, _) =>
        {
            await using var target = new FileStream(part, FileMode.Open, FileAccess.ReadWrite);
            TemplateWriter.Write(target, template, facts, time.GetUtcNow(), filled);
            return null;
        }, name, cancel);

    /// <summary>A Word file as somebody sent it; other kinds are refused.</summary>
    internal async Task<Outcome<StoredFile>> Take(string? name, Stream content, CancellationToken cancel)
    {
        if (FileNames.Clean(name) is not { } clean || FileNames.Ending(clean) != "docx")
        {
            return WordOnly;
        }
        var file = await Through((part, stop) => Copy(content, part, stop), clean, cancel);
        return file.Refusal is null && file.Value.Type != FileTypes.Word ? WordOnly : file;
    }

    private static Refusal WordOnly => Refusal.Invalid("file", "templates.word-only");

    private async Task<Outcome<StoredFile>> Through(Func<string, CancellationToken, Task<Refusal?>> fill, string name, CancellationToken cancel)
    {
        var part = Guid.CreateVersion7();
        try
        {
            parts.Begin(part);
            return await fill(parts.FileOf(part), cancel) is { } refusal ? refusal : await intake.Take(parts.FileOf(part), name, cancel);
        }
        catch (IOException fault) when (StoreFullException.Is(fault))
        {
            return UploadService.Full;
        }
        finally
        {
            parts.Remove(part);
        }
    }

    private static async Task<Refusal?> Copy(Stream content, string part, CancellationToken cancel)
    {
        await using var target = new FileStream(part, FileMode.Open, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        var buffer = new byte[64 * 1024];
        while (await content.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (target.Length + read > MaxFile)
            {
                return new Refusal(RefusalCode.TooLong, "templates.too-large", "file");
            }
            await target.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        return null;
    }
}
