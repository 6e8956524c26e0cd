namespace TwinHub.Core.Documents.Storage;

/// <summary>Bytes that lie in the store, under the name they were sent with.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Type">Media type by content.</param>
public sealed record StoredFile(byte[] Hash, long Size, string Type, string Name);
