using System.Globalization;

namespace TwinHub.Core.Data.Private;

/// <summary>One installed PostgreSQL: the folder of its server programs and its major version.</summary>
internal sealed record PostgresBinaries(string Directory, int Major)
{
    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string this[string program] => Path.Join(Directory, program);

    /// <summary>The newest installed, or for an existing cluster the one of its version.</summary>
    /// <param name="only">A folder to look into instead of the usual places and PATH.</param>
    /// <param name="cluster">A cluster's directory; its PG_VERSION decides when it exists.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="PrivatePostgresException">None is installed, or none of the cluster's version.</exception>
    public static async Task<PostgresBinaries> Find(string? only, string cluster, CancellationToken cancel)
    {
        var installed = new List<PostgresBinaries>();
        foreach (var folder in (only is null ? UsualPlaces() : [only]).Where(IsComplete))
            if (await MajorOf(folder, cancel) is { } major)
                installed.Add(new PostgresBinaries(folder, major));
        if (installed.Count == 0)
            throw new PrivatePostgresException(Missing(only));
        return VersionOf(cluster) is { } version
            ? installed.Find(one => one.Major == version) ?? throw new PrivatePostgresException(OtherVersion(cluster, version, installed))
            : installed.MaxBy(one => one.Major)!;
    }

    private static IEnumerable<string> UsualPlaces() =>
        Versions("/usr/lib/postgresql", "*").Concat(Versions("/usr", "pgsql-*"))
            .Append("/usr/local/pgsql/bin")
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Distinct();

    private static IEnumerable<string> Versions(string parent, string pattern) => System.IO.Directory.Exists(parent)
        ? System.IO.Directory.EnumerateDirectories(parent, pattern).Select(version => Path.Join(version, "bin"))
        : [];

    private static bool IsComplete(string folder) => Needed.All(program => File.Exists(Path.Join(folder, program)));

    // "postgres (PostgreSQL) 15.14 (Debian …)" or "… 18beta1": the digits after the bracket are the major version.
    private static async Task<int?> MajorOf(string folder, CancellationToken cancel)
    {
        if (int.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), CultureInfo.InvariantCulture, out var named))
            return named; // Debian's /usr/lib/postgresql/15/bin tells without being asked
        var said = await new Command(Path.Join(folder, "postgres"), "--version").Run(cancel);
        var version = said.Output.Split("(PostgreSQL) ") is [_, var rest, ..] ? rest : "";
        var digits = new string([.. version.TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private static int? VersionOf(string cluster)
    {
        var file = Path.Join(cluster, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private static string Missing(string? only) => only is null
        ? "PostgreSQL's server programs (initdb, pg_ctl, postgres) were not found; install them with `apt-get install postgresql`, or name their folder with --Postgres:Bin."
        : $"PostgreSQL's server programs (initdb, pg_ctl, postgres) are not in {only}; install them with `apt-get install postgresql` and correct --Postgres:Bin, or leave it out.";

    private static string OtherVersion(string cluster, int version, IEnumerable<PostgresBinaries> installed) =>
        $"The database in {cluster} was written by PostgreSQL {version}, but only version {string.Join(", ", installed.Select(one => one.Major).Distinct())} is installed; install it with `apt-get install postgresql-{version}`.";
}
