namespace TwinHub.Web.Hosting;

/// <summary>The command line: a command, its own options and any setting as <c>--Key=value</c>.</summary>
public sealed record HubArguments(string Command, IReadOnlyList<string> Operands, IReadOnlyDictionary<string, string> Options, string[] Settings)
{
    private static readonly string[] Valued = ["data", "port", "network", "template", "name", "days", "groups", "members", "out"];
    private static readonly string[] Flags = ["demo", "no-demo"];

    public string? this[string option] => Options.GetValueOrDefault(option);

    public bool Has(string flag) => Options.ContainsKey(flag);

    /// <summary>Where everything of this installation lives (contract, Commands).</summary>
    public string DataDirectory => Path.GetFullPath(this["data"] ?? DefaultDataDirectory());

    /// <exception cref="CommandException">An option or setting is unknown, or an option lacks its value.</exception>
    public static HubArguments Parse(string[] args)
    {
        var command = args is [{ Length: > 0 } first, ..] && first[0] != '-' ? first : "run";
        var (operands, options, settings) = (new List<string>(), new Dictionary<string, string>(), new List<string>());
        var rest = new Queue<string>(args.Length > 0 && args[0] == command ? args[1..] : args);
        while (rest.TryDequeue(out var word))
        {
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                operands.Add(word);
            }
            else if (Flags.Contains(word[2..]))
            {
                options[word[2..]] = "";
            }
            else if (Valued.Contains(word[2..].Split('=')[0]))
            {
                var parts = word[2..].Split('=', 2);
                options[parts[0]] = parts.Length == 2 ? parts[1]
                    : rest.TryDequeue(out var value) ? value : throw new CommandException($"{word} needs a value.");
            }
            else if (word.Contains('=', StringComparison.Ordinal))
            {
                KnownSettings.CheckName(word);
                settings.Add(word);
            }
            else
            {
                throw new CommandException($"Unknown option {word}. Settings are written --Key=value.");
            }
        }
        return new(command, operands, options, [.. settings]);
    }

    /// <exception cref="CommandException">The value is no number in the range.</exception>
    public int? Number(string option, int least, int most) =>
        this[option] is not { } text ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new CommandException($"--{option} takes a whole number from {least} to {most}.");

    private static string DefaultDataDirectory()
    {
        if (Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg)
        {
            return Path.Combine(xdg, "twinhub");
        }
        return Environment.IsPrivilegedProcess ? "/var/lib/twinhub"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "twinhub");
    }
}

/// <summary>What stops a command; the message is one line for the terminal.</summary>
public sealed class CommandException(string message) : Exception(message);
