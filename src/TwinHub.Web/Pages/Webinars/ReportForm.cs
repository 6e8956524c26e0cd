using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Minutes and recording as they were typed: nothing of them is lost when something is refused.</summary>
public sealed class ReportForm
{
    public string? Minutes { get; set; }
    public string? Recording { get; set; }

    /// <summary>The version the reader saw when the form was shown.</summary>
    public int Version { get; set; }

    public static ReportForm Of(Webinar webinar) => new() { Minutes = webinar.Minutes, Recording = webinar.RecordingUrl, Version = webinar.Version };
}

/// <summary>A material as it was typed.</summary>
public sealed class MaterialForm
{
    public string? Title { get; set; }
    public string? Url { get; set; }
}
