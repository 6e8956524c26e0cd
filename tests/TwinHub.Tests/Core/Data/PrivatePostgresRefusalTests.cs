using Microsoft.Extensions.Logging.Abstractions;
using TwinHub.Core.Data;
using Xunit;

namespace TwinHub.Tests.Core.Data;

/// <summary>What cannot work is refused with one sentence that says what to do.</summary>
public sealed class PrivatePostgresRefusalTests(PrivatePostgresFolders folders) : IClassFixture<PrivatePostgresFolders>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Missing_programs_are_named_with_the_command_that_installs_them()
    {
        var empty = Directory.CreateDirectory(folders.Fresh("bin")).FullName;
        var sentence = await Refused(new(folders.Fresh()) { BinDirectory = empty });
        Assert.Contains(empty, sentence, StringComparison.Ordinal);
        Assert.Contains("`apt-get install postgresql`", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_a_version_that_is_not_installed_is_named_with_its_package()
    {
        var folder = folders.Fresh();
        var cluster = Directory.CreateDirectory(Path.Join(folder, "postgres", "cluster")).FullName;
        await File.WriteAllTextAsync(Path.Join(cluster, "PG_VERSION"), "9\n", Cancel);
        Assert.Contains("`apt-get install postgresql-9`", await Refused(new(folder)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_the_servers_user_cannot_reach_is_named()
    {
        var closed = folders.Fresh("closed");
        await PrivatePostgresFolders.Run("mkdir", "-m", Environment.IsPrivilegedProcess ? "0700" : "0500", closed);
        var sentence = await Refused(new(Path.Join(closed, "data")));
        Assert.Contains(closed, sentence, StringComparison.Ordinal);
        Assert.Contains("--data", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var file = folders.Fresh("file");
        await File.WriteAllTextAsync(file, "in the way", Cancel);
        Assert.Contains($"cannot write to its data directory {file}/data", await Refused(new($"{file}/data")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("$(id)")]
    [InlineData("`id`")]
    [InlineData("\\")]
    [InlineData("\n")]
    public async Task A_name_that_a_shell_would_read_as_more_than_a_name_is_refused(string piece)
    {
        var folder = folders.Fresh(piece);
        Assert.Contains("choose another with --data", await Refused(new(folder)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Too_little_room_is_seen_before_a_cluster_is_begun()
    {
        var folder = folders.Fresh();
        var sentence = await Refused(new(folder) { RequiredFreeBytes = long.MaxValue });
        Assert.Contains("too full", sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(folder, "postgres")));
    }

    [Theory]
    [InlineData("initdb: error: could not write to file \"pg_wal/xlogtemp.7\": No space left on device", "The disk is full")]
    [InlineData("initdb: error: could not change permissions of directory: Permission denied", "correct the permissions")]
    [InlineData("initdb: error: something quite new", "something quite new")]
    public async Task What_the_programs_complain_about_is_put_into_a_sentence(string complaint, string expected)
    {
        var folder = folders.Fresh();
        var sentence = await Refused(new(folder) { BinDirectory = await ProgramsThatSay(complaint) });
        Assert.Contains(expected, sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(folder, "postgres", "cluster")));
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_explained_from_its_log()
    {
        var folder = await folders.WithCluster();
        File.Delete(Path.Join(folder, "postgres", "cluster", "global", "pg_control"));
        var sentence = await Refused(new(folder));
        Assert.Contains("could not find the database system", sentence, StringComparison.Ordinal);
        Assert.Contains("server.log", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_another_process_that_starts_the_server_has_an_end()
    {
        var folder = Directory.CreateDirectory(folders.Fresh()).FullName;
        await using var starting = new FileStream(Path.Join(folder, "postgres.start.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var sentence = await Refused(new(folder) { LockPatience = TimeSpan.FromMilliseconds(100) });
        Assert.StartsWith("Another process", sentence, StringComparison.Ordinal);
    }

    private async Task<string> ProgramsThatSay(string complaint)
    {
        var bin = Directory.CreateDirectory(folders.Fresh("bin")).FullName;
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
            await File.WriteAllTextAsync(Path.Join(bin, program),
                $"#!/bin/sh\n[ \"$1\" = --version ] && echo 'postgres (PostgreSQL) 15.1' && exit 0\necho '{complaint}' >&2\nexit 1\n", Cancel);
        await PrivatePostgresFolders.Run("chmod", "-R", "a+rx", bin);
        return bin;
    }

    private static async Task<string> Refused(PrivatePostgresOptions options)
    {
        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.Start(options, NullLogger.Instance, Cancel));
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }
}
