using System.Security.Cryptography;

namespace TwinHub.Core.Documents.Storage;

/// <summary>The SHA-256 by which bytes are stored and found (32 bytes; 64 lower-case hexadecimal digits as text).</summary>
public static class ContentHash
{
    public const int Size = SHA256.HashSizeInBytes;

    public static string Name(byte[] hash) => Convert.ToHexStringLower(hash);

    /// <summary>The hash a name stands for; null where it is none.</summary>
    public static byte[]? Parse(string? name) =>
        name is { Length: 2 * Size } && name.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')) ? Convert.FromHexString(name) : null;

    /// <summary>A number for PostgreSQL's advisory locks: who stores these bytes and who sweeps them away take turns.</summary>
    public static long Lock(byte[] hash) => BitConverter.ToInt64(hash);
}
