using System.Text.Json;
using System.Xml;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Reading;

/// <summary>
/// The process that reads what people have sent. It knows no database, no settings and no network address; it works off one line
/// after another and ends when its input does, so that nothing is left behind a hub that was killed.
/// </summary>
public static class FileReading
{
    /// <summary>Names the folder that belongs to this process and goes with it.</summary>
    public const string FolderVariable = "TWINHUB_READING_FOLDER";

    public static async Task Run(Stream input, Stream output)
    {
        using var lines = new StreamReader(input);
        await using var answers = new StreamWriter(output) { AutoFlush = true };
        var line = await lines.ReadLineAsync();
        while (line is not null)
        {
            var request = line;
            var work = Task.Run<string?>(() => JsonSerializer.Serialize(Answer(JsonSerializer.Deserialize(request, ReadJson.Default.ReadRequest)!), ReadJson.Default.ReadAnswer));
            var next = lines.ReadLineAsync();
            // Asked one thing at a time, a line before the answer can only be the end.
            if (await Task.WhenAny(work, next) == next && await next is null)
            {
                break;
            }
            await answers.WriteLineAsync(await work);
            line = await next;
        }
        Tool.Stop();
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads one file. Whatever it does to its reader is its fault, not the hub's.</summary>
    internal static ReadAnswer Answer(ReadRequest request)
    {
        try
        {
            return request.Rewrite ? PdfReader.Rewrite(request.File, request.Folder) : Read(request.File, request.Type, request.Folder);
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or NotSupportedException or OutOfMemoryException)
        {
            return new ReadAnswer(fault.GetType().Name);
        }
    }

    private static ReadAnswer Read(string file, string type, string folder) =>
        FileTypes.IsPicture(type) ? PictureReader.Read(file, folder) : type switch
        {
            FileTypes.Pdf => PdfReader.Read(file, folder),
            FileTypes.Word or FileTypes.Excel or FileTypes.PowerPoint => OfficeReader.Read(file, type, folder),
            FileTypes.Text or FileTypes.Markdown or FileTypes.Csv => PlainReader.Read(file, folder),
            _ => ReadAnswer.Nothing,
        };
}
