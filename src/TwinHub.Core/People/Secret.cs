using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TwinHub.Core.People;

/// <summary>
/// Tokens: 256 random bits as base64url. Only a hash is stored, and the purpose is part of it, so that a token of one kind
/// never works in another's place (security.md, Tokens). Look-up is by hash, so no comparison leaks time.
/// </summary>
public static class Secret
{
    public const string SignIn = "sign-in";
    public const string Session = "session";
    public const string Access = "access";
    public const string Answer = "answer";
    public const string Room = "room";
    public const string RoomSession = "room-session";
    public const string Date = "date";
    public const string Survey = "survey";
    public const string Feed = "feed";
    public const string Unsubscribe = "unsubscribe";
    public const string Register = "register";
    public const string Alive = "alive";

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string purpose, string token) => SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{token}"));
}
