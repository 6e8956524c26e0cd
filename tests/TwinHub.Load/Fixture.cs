using System.Security.Cryptography;

namespace TwinHub.Load;

/// <summary>The rooms and the people of a run: member j of room i holds token <c>i × Members + j</c>.</summary>
/// <param name="Channels">Channel ids, rooms in order.</param>
/// <param name="Tokens">Access tokens, members of the first room first.</param>
public sealed record Fixture(IReadOnlyList<string> Channels, IReadOnlyList<string> Tokens)
{
    /// <summary>Members a room.</summary>
    public int Members => Tokens.Count / Channels.Count;

    /// <summary>The token of one member of one room.</summary>
    public string Token(int room, int member) => Tokens[room * Members + member];

    /// <summary>Reads <c>channels.txt</c> and <c>tokens.txt</c>; a <see cref="BenchException"/> where they are missing, uneven or too few.</summary>
    public static Fixture Read(string folder, int rooms, int members)
    {
        var channels = Lines(Path.Combine(folder, "channels.txt"));
        var tokens = Lines(Path.Combine(folder, "tokens.txt"));
        if (channels.Count < rooms || tokens.Count % channels.Count != 0 || tokens.Count / channels.Count < members)
        {
            throw new BenchException($"{folder} holds {channels.Count} channels and {tokens.Count} tokens; {rooms} rooms of {members} members are needed.");
        }

        return new Fixture(channels, tokens);
    }

    /// <summary>Writes a made-up fixture of the same form, for a run without TwinHub.</summary>
    public static void Write(string folder, int rooms, int members)
    {
        File.WriteAllLines(Path.Combine(folder, "channels.txt"), Enumerable.Range(0, rooms).Select(_ => Guid.CreateVersion7().ToString()));
        File.WriteAllLines(Path.Combine(folder, "tokens.txt"), Enumerable.Range(0, rooms * members).Select(_ => RandomNumberGenerator.GetHexString(43, lowercase: true)));
    }

    private static List<string> Lines(string file) => File.Exists(file)
        ? [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)]
        : throw new BenchException($"{file} is missing.");
}
