namespace TwinHub.Core.Exports;

/// <summary>A file to take away.</summary>
public sealed record ExportFile(byte[] Content, string ContentType, string Name);
