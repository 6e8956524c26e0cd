using System.Net;
using Npgsql;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using TwinHub.Core.Webinars;
using TwinHub.Realtime;

namespace TwinHub.Web.Hosting;

/// <summary>All settings, read and checked once at start (contract, Configuration).</summary>
public sealed record HubSettings(MailOptions Mail, SignInOptions SignIn, HubLimits Limits, ListenerOptions Listener, PresenceOptions Presence, LineOptions Line, bool RunJobs, bool? Demo, string? PublicUrl, IReadOnlyList<IPAddress> Proxies, string? ConnectionString, string? ListenerConnectionString)
{
    /// <summary>32 bytes that encrypt the data-protection keys in the database; null leaves them as they are.</summary>
    public byte[]? KeySecret { get; init; }

    public ReminderOptions Reminders { get; init; } = ReminderOptions.Default;

    public MeetingOptions Meetings { get; init; } = new();

    public DocumentOptions Documents { get; init; } = new();

    /// <summary>Reads the configuration.</summary>
    /// <param name="configuration">What was set.</param>
    /// <param name="dataDirectory">Where what has no place of its own lies.</param>
    /// <exception cref="CommandException">A value is wrong or a key unknown; the message names the key.</exception>
    public static HubSettings Read(IConfiguration configuration, string dataDirectory)
    {
        KnownSettings.CheckSections(configuration);
        var mail = Section<MailOptions>(configuration, "Mail");
        var signIn = Section<SignInOptions>(configuration, "SignIn");
        var limits = Section<HubLimits>(configuration, "Limits");
        var (listener, presence) = (Section<ListenerOptions>(configuration, "Listener"), Section<PresenceOptions>(configuration, "Presence"));
        CheckMail(mail);
        Check(signIn.LinkLife > TimeSpan.Zero && signIn.LinkLife <= TimeSpan.FromHours(1), "SignIn:LinkLife", "is a time up to one hour, such as 00:10:00");
        Check(signIn.SessionIdle > TimeSpan.Zero, "SignIn:SessionIdle", "is a time, such as 30.00:00:00");
        Check(signIn.SessionLife >= signIn.SessionIdle, "SignIn:SessionLife", "is at least SignIn:SessionIdle");
        Check(limits.Message is > 0 and <= 10_000, "Limits:Message", "is from 1 to 10000");
        Check(limits.MessageLines is > 0 and <= 500, "Limits:MessageLines", "is from 1 to 500");
        Check(limits.PostsPerMinute >= 0, "Limits:PostsPerMinute", "is 0 (off) or more");
        Check(limits.PostsBurst >= 0, "Limits:PostsBurst", "is 0 or more");
        Check(limits.SignInsPerAddress > 0, "Limits:SignInsPerAddress", "is 1 or more");
        Check(limits.SignInsPerNetwork > 0, "Limits:SignInsPerNetwork", "is 1 or more");
        Check(listener.Beat > TimeSpan.Zero, "Listener:Beat", "is a time, such as 00:00:05");
        Check(listener.Silence >= 2 * listener.Beat && listener.Silence <= TimeSpan.FromMinutes(1), "Listener:Silence", "is a time from two beats to a minute");
        Check(presence.BeatEvery > TimeSpan.Zero, "Presence:BeatEvery", "is a time, such as 00:00:10");
        Check(presence.DeadAfter >= 2 * presence.BeatEvery && presence.DeadAfter + presence.BeatEvery <= TimeSpan.FromMinutes(1), "Presence:DeadAfter", "is at least two beats, and with one more at most a minute");
        Check(presence.LeaveAfter >= TimeSpan.Zero && presence.LeaveAfter <= TimeSpan.FromMinutes(1), "Presence:LeaveAfter", "is a time up to a minute");
        var line = Section<LineOptions>(configuration, "Line");
        Check(line.Silence >= TimeSpan.FromSeconds(1) && line.Silence <= TimeSpan.FromMinutes(1), "Line:Silence", "is a time from a second to a minute");
        var publicUrl = configuration["PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : null;
        Check(publicUrl is null || (Uri.TryCreate(publicUrl, UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.AbsolutePath == "/"), "PublicUrl", "is an https address without a path");
        return new(mail, signIn, limits, listener, presence, line, Flag(configuration, "Jobs:Run") ?? true, Flag(configuration, "Demo:On"), publicUrl, Proxy(configuration),
            Database(configuration, "TwinHub"), Database(configuration, "TwinHubListener"))
        { KeySecret = Secret(configuration["Keys:Secret"]), Reminders = ReadReminders(configuration), Meetings = ReadMeetings(configuration), Documents = ReadDocuments(configuration, dataDirectory) };
    }

    private static MeetingOptions ReadMeetings(IConfiguration configuration)
    {
        var meetings = Section<MeetingOptions>(configuration, "Meetings");
        Check(meetings.Provider is MeetingOptions.Link or MeetingOptions.Jitsi, "Meetings:Provider", "is Link or Jitsi (Graph comes later)");
        Check(Uri.TryCreate(meetings.JitsiUrl, UriKind.Absolute, out var jitsi) && jitsi.Scheme == "https" && jitsi.Query.Length == 0 && jitsi.UserInfo.Length == 0, "Meetings:JitsiUrl", "is an https address");
        return meetings;
    }

    private static DocumentOptions ReadDocuments(IConfiguration configuration, string dataDirectory)
    {
        var documents = Section<DocumentOptions>(configuration, "Documents");
        Check(documents.Store == DocumentOptions.Disk, "Documents:Store", "is Disk (Graph comes later)");
        Check(documents.MaxFile > 0, "Documents:MaxFile", "is a number of bytes, such as 2147483648");
        Check(documents.Quota >= documents.MaxFile, "Documents:Quota", "is a number of bytes, at least Documents:MaxFile");
        Check(documents.BinDays is >= 1 and <= 3650, "Documents:BinDays", "is from 1 to 3650");
        Check(documents.UploadLife > TimeSpan.Zero && documents.UploadLife <= TimeSpan.FromDays(30), "Documents:UploadLife", "is a time up to 30 days, such as 1.00:00:00");
        Check(documents.AnnounceAfter >= TimeSpan.Zero && documents.AnnounceAfter <= TimeSpan.FromHours(1), "Documents:AnnounceAfter", "is a time up to an hour, such as 00:00:20");
        CheckTime(documents.ReadingPatience, "Documents:ReadingPatience");
        Check(documents.Scanner.Length == 0 || documents.Scanner.StartsWith("unix:/", StringComparison.Ordinal) || IsAddress(documents.Scanner), "Documents:Scanner", "is unix:/run/clamav/clamd.ctl or tcp:HOST:PORT");
        documents.Path = Path.GetFullPath(documents.Path.Length > 0 ? documents.Path : Path.Combine(dataDirectory, "documents"));
        return documents;
    }

    private static bool IsAddress(string scanner) => scanner.Split(':') is ["tcp", { Length: > 0 }, var port] && ushort.TryParse(port, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static ReminderOptions ReadReminders(IConfiguration configuration)
    {
        const string Webinar = "Reminders:Webinar";
        // Not set is the default ladder; set to nothing is none.
        if (configuration[Webinar] is null && !configuration.GetSection(Webinar).GetChildren().Any())
        {
            return ReminderOptions.Default;
        }
        var ladder = ReminderStep.Ladder([.. Values(configuration, Webinar)]);
        Check(ladder is not null, Webinar, "is a list of at most ten different times of days, hours and minutes up to a year, such as P7D, P1D, PT1H");
        return new(ladder!);
    }

    private static void CheckMail(MailOptions mail)
    {
        Check(mail.Mode is "" or "Mailbox" or "Folder" or "Smtp", "Mail:Mode", "is Mailbox, Folder or Smtp (Graph comes later)");
        Check(EmailAddress.IsValid(mail.From), "Mail:From", "is one mail address");
        Check(mail.Mode != "Smtp" || IsHost(mail.Host), "Mail:Host", "is the mail server's name");
        Check(mail.Port is >= 0 and <= 65_535, "Mail:Port", "is from 1 to 65535, or 0 for the usual one");
        Check(mail.Security is MailOptions.StartTls or MailOptions.Tls or MailOptions.None, "Mail:Security", "is StartTls, Tls or None");
        Check(mail.Mode != "Smtp" || mail.Security != MailOptions.None || mail.IsLoopback, "Mail:Security", "is None only where Mail:Host is this machine (localhost, 127.0.0.1, ::1)");
        Check(mail.Authorities.Length == 0 || File.Exists(mail.Authorities), "Mail:Authorities", "is a PEM file with certificates");
        Check(mail.User.Length <= 500 && !mail.User.Contains('\0', StringComparison.Ordinal), "Mail:User", "is at most 500 characters");
        Check(mail.Password.Length <= 500 && !mail.Password.Contains('\0', StringComparison.Ordinal), "Mail:Password", "is at most 500 characters");
        Check(mail.User.Length > 0 || mail.Password.Length == 0, "Mail:User", "is set where Mail:Password is");
        Check(mail.Connections is > 0 and <= 64, "Mail:Connections", "is from 1 to 64");
        Check(mail.MaxAttempts > 0, "Mail:MaxAttempts", "is 1 or more");
        CheckTime(mail.ConnectTimeout, "Mail:ConnectTimeout");
        CheckTime(mail.GreetingTimeout, "Mail:GreetingTimeout");
        CheckTime(mail.CommandTimeout, "Mail:CommandTimeout");
        CheckTime(mail.DataTimeout, "Mail:DataTimeout");
        CheckTime(mail.IdleTimeout, "Mail:IdleTimeout");
        Check(mail.Lease >= TimeSpan.FromSeconds(3) && mail.Lease <= TimeSpan.FromHours(1), "Mail:Lease", "is a time from three seconds to an hour");
        // rsvp+TOKEN@ and the domain fit into one address of 254 characters.
        Check(mail.ReplyDomain.Length == 0 || (mail.ReplyDomain.Length <= 180 && EmailAddress.IsValid("rsvp@" + mail.ReplyDomain)), "Mail:ReplyDomain", "is a mail domain");
        Check(mail.InboundSecret.Length is 0 or (>= 20 and <= 500), "Mail:InboundSecret", "has from 20 to 500 characters (openssl rand -base64 32)");
        Check(mail.AuthservId.Length == 0 || IsHost(mail.AuthservId), "Mail:AuthservId", "is a name such as mx.example.org");
    }

    private static bool IsHost(string name) => Uri.CheckHostName(name) != UriHostNameType.Unknown && !name.StartsWith('[');

    private static void CheckTime(TimeSpan value, string key) =>
        Check(value > TimeSpan.Zero && value <= TimeSpan.FromMinutes(30), key, "is a time up to half an hour, such as 00:01:00");

    private static byte[]? Secret(string? base64)
    {
        var bytes = new byte[32];
        Check(string.IsNullOrEmpty(base64) || (Convert.TryFromBase64String(base64, bytes, out var length) && length == 32), "Keys:Secret", "is 32 random bytes in base64 (openssl rand -base64 32)");
        return string.IsNullOrEmpty(base64) ? null : bytes;
    }

    private static List<IPAddress> Proxy(IConfiguration configuration) =>
        [.. Values(configuration, "Proxies").Select(text => IPAddress.TryParse(text, out var address) ? address : throw new CommandException($"Proxies: {text} is no IP address."))];

    /// <summary>A list, or one value with commas: what is named in either way must not go unheard.</summary>
    private static IEnumerable<string> Values(IConfiguration configuration, string key)
    {
        var one = configuration[key]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return one.Concat(configuration.GetSection(key).GetChildren().Select(item => item.Value ?? ""));
    }

    private static string? Database(IConfiguration configuration, string name)
    {
        var text = configuration.GetConnectionString(name);
        try
        {
            _ = new NpgsqlConnectionStringBuilder(text);
            return text;
        }
        catch (ArgumentException)
        {
            // Not even a part of it is shown: it may hold the password.
            throw new CommandException($"ConnectionStrings:{name} is not written as Host=…;Database=…;Username=….");
        }
    }

    private static T Section<T>(IConfiguration configuration, string name) where T : new()
    {
        try
        {
            return configuration.GetSection(name).Get<T>() ?? new T();
        }
        catch (InvalidOperationException fault)
        {
            throw new CommandException($"{name}: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static bool? Flag(IConfiguration configuration, string key) =>
        configuration[key] is not { Length: > 0 } text ? null
        : bool.TryParse(text, out var value) ? value : throw new CommandException($"{key} is true or false.");

    private static void Check(bool holds, string key, string rule)
    {
        if (!holds)
        {
            throw new CommandException($"{key} {rule}.");
        }
    }
}
