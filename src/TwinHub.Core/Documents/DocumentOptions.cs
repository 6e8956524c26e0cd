namespace TwinHub.Core.Documents;

/// <summary>Section <c>Documents</c> of the configuration.</summary>
public sealed class DocumentOptions
{
    public const string Disk = "Disk";

    /// <summary>Where the bytes lie: <c>Disk</c>. (A Microsoft 365 drive comes later.)</summary>
    public string Store { get; set; } = Disk;

    /// <summary>The folder of the store; empty: <c>documents</c> in the data directory. All nodes share one.</summary>
    public string Path { get; set; } = "";

    /// <summary>Bytes one file may have.</summary>
    public long MaxFile { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Bytes a group may keep, old versions, attachments and the bin included.</summary>
    public long Quota { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>Days a deleted document waits in the bin.</summary>
    public int BinDays { get; set; } = 90;

    /// <summary>How long an upload that was broken off may be taken up again.</summary>
    public TimeSpan UploadLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a person must be still before what they changed is announced in the discussion, as one message.</summary>
    public TimeSpan AnnounceAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long reading one file (its preview, its text) may take.</summary>
    public TimeSpan ReadingPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A ClamAV daemon that looks at every file before it is kept: <c>unix:/run/clamav/clamd.ctl</c> or <c>tcp:127.0.0.1:3310</c>; empty: none.</summary>
    public string Scanner { get; set; } = "";
}
