using TwinHub.Core.Documents.Reading;

namespace TwinHub.Web.Commands;

/// <summary>What the hub starts for itself, to read files apart from itself. Without host, settings and database, so that it starts at once.</summary>
public static class ReadFilesCommand
{
    public static async Task<int> Run()
    {
        await FileReading.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
        return 0;
    }
}
