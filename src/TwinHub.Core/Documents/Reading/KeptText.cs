using System.Text;

namespace TwinHub.Core.Documents.Reading;

/// <summary>The words of a file as they are kept for search: no controls, no halves of letters, empty lines once, bounded.</summary>
internal sealed class KeptText
{
    /// <summary>UTF-16 units that are kept: some 150 pages.</summary>
    public const int Most = 400_000;

    private readonly StringBuilder _kept = new();

    public bool IsFull => _kept.Length >= Most;

    public static void Write(TextReader text, string folder)
    {
        var kept = new KeptText();
        var piece = new char[8192];
        while (!kept.IsFull && text.ReadBlock(piece) is > 0 and var read)
        {
            kept.Add(piece.AsSpan(0, read));
        }
        kept.Write(folder);
    }

    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (IsFull)
            {
                return;
            }
            if (c == '\n' || c == '\t' || (!char.IsControl(c) && c is not ('\uFFFE' or '\uFFFF')))
            {
                Add(c);
            }
        }
    }

    public void Write(string folder)
    {
        // UTF-8 has no halves: they become the sign for what cannot be read.
        var text = _kept.ToString().Trim();
        if (text.Length > 0)
        {
            File.WriteAllText(Path.Combine(folder, ReadNames.Text), text, new UTF8Encoding(false));
        }
    }

    private void Add(char c)
    {
        if (c == '\n' && (_kept.Length == 0 || (_kept.Length > 1 && _kept[^1] == '\n' && _kept[^2] == '\n')))
        {
            return;
        }
        _kept.Append(c);
    }
}
