namespace TwinHub.Core.Documents;

/// <summary>Bytes somebody may have, opened.</summary>
/// <param name="Content">From the beginning, seekable; an error in place of its end when it is damaged.</param>
/// <param name="Name">As it is to be called where it is taken to.</param>
/// <param name="Type">Media type by content; <c>application/octet-stream</c> for what a browser might run.</param>
public sealed record OpenedFile(Stream Content, string Name, string Type, DateTimeOffset Since);
