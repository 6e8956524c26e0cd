namespace TwinHub.Core.Data.Private;

/// <summary>The user as whom the server runs: oneself, but as root (whom PostgreSQL refuses) the user <c>postgres</c>.</summary>
internal sealed record ServerAccount(string Name, bool Switches)
{
    /// <summary>Finds the user.</summary>
    /// <exception cref="PrivatePostgresException">Root without a user <c>postgres</c>.</exception>
    public static ServerAccount Find()
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(Environment.UserName, false);
        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
            throw new PrivatePostgresException("PostgreSQL refuses to run as root and there is no user postgres; install it with `apt-get install postgresql`.");
        return new ServerAccount("postgres", true);
    }

    /// <summary>The program with its arguments, to be run as the server's user.</summary>
    public Command Command(params IEnumerable<string> arguments) => new([.. Prefix, .. arguments]);

    /// <summary>A folder owned by the server's user and open to nobody else.</summary>
    public Command MakeFolder(string path) => Switches
        ? new Command("install", "-d", "-m", "0700", "-o", Name, "-g", Name, path)
        : new Command("install", "-d", "-m", "0700", path);

    // setpriv rather than su: no PAM session, no shell, no extra process.
    private string[] Prefix => Switches ? ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups"] : [];
}
