namespace TwinHub.Core.Data.Private;

/// <summary>The texts of postgresql.conf, pg_hba.conf and pg_ident.conf.</summary>
internal static class PostgresConfiguration
{
    /// <summary>Nobody comes in but by the socket, and only as who they are to the kernel.</summary>
    public const string Access = "# Written by TwinHub at every start.\nlocal all twinhub peer map=twinhub\n";

    /// <summary>Root, the user of this process and the server's own user are twinhub; nobody else is anybody.</summary>
    public static string Identities(string serverUser)
    {
        var users = new[] { "root", Environment.UserName, serverUser }.Distinct();
        return "# Written by TwinHub at every start.\n" + string.Concat(users.Select(user => $"twinhub \"{user}\" twinhub\n"));
    }

    /// <summary>Settings for a small machine. Durability stays as PostgreSQL ships it: fsync, full pages, a commit is on disk.</summary>
    /// <remarks>The log holds no statement, parameter or row: those carry names, addresses and messages.</remarks>
    public static string Settings(string socketFolder, string title) => $"""
        # Written by TwinHub at every start; what ALTER SYSTEM sets is kept.
        listen_addresses = ''
        unix_socket_directories = '{socketFolder}'
        unix_socket_permissions = 0700
        cluster_name = '{title}'
        max_connections = 200
        shared_buffers = 128MB
        max_wal_size = 1GB
        min_wal_size = 80MB
        wal_compression = on
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        jit = off
        timezone = 'UTC'
        datestyle = 'iso, ymd'
        default_text_search_config = 'pg_catalog.simple'
        idle_in_transaction_session_timeout = 60s
        log_timezone = 'UTC'
        lc_messages = 'C'
        log_line_prefix = '%m [%p] '
        log_checkpoints = off
        log_error_verbosity = terse
        log_min_error_statement = panic

        """;
}
