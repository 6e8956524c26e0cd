using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>After a webinar: who was there, what came of it, what people say of it, and the mail that tells everybody.</summary>
public sealed class ReportModel(Reader reader, ReportReading reading, ReportService reports, AttendanceService attendances, FollowUpService followUps) : PageModel
{
    public ReportShown Shown { get; private set; } = null!;

    /// <summary>The mail that waits for a second press; null: none.</summary>
    public FollowUpPreview? Preview { get; private set; }

    /// <summary>The form holds the template, which is not saved.</summary>
    public bool FromTemplate { get; private set; }

    public Refusal? Refused { get; private set; }

    [BindProperty] public ReportForm Input { get; set; } = new();
    [BindProperty] public MaterialForm Material { get; set; } = new();
    [BindProperty] public Guid? Document { get; set; }

    public async Task<IActionResult> OnGet(Guid id, string? ask, string? from, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        if (ask == "follow-up" && Shown.HasEnded && Shown.Attendance.View.Webinar.FollowedUpAt is null && Shown.Attendance.Invited.Count > 0)
        {
            Preview = (await reading.Preview(reader.Id, id, reader.Language, cancel)).Value;
        }
        Input = ReportForm.Of(Shown.Attendance.View.Webinar);
        if (from == "template")
        {
            (FromTemplate, Input.Minutes) = (true, (await reading.Template(reader.Id, id, cancel)).Value);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostSave(Guid id, CancellationToken cancel) =>
        await Finish(id, await reports.Save(reader.Id, id, Input.Version, Input.Minutes, Input.Recording, cancel), _ => reader.W["form.saved"], "", cancel);

    public async Task<IActionResult> OnPostMaterial(Guid id, CancellationToken cancel) =>
        await Finish(id, await reports.AddMaterial(reader.Id, id, Material.Title, Material.Url, cancel), _ => reader.W["form.saved"], "", cancel);

    public async Task<IActionResult> OnPostDocument(Guid id, CancellationToken cancel) =>
        await Finish(id, await reports.AddDocument(reader.Id, id, Document, cancel), _ => reader.W["form.saved"], "", cancel);

    public async Task<IActionResult> OnPostDrop(Guid id, Guid material, CancellationToken cancel) =>
        await Finish(id, await reports.RemoveMaterial(reader.Id, id, material, cancel), _ => reader.W["report.removed"], "", cancel);

    public async Task<IActionResult> OnPostMark(Guid id, Guid person, bool there, CancellationToken cancel) =>
        await Finish(id, await attendances.Mark(reader.Id, id, person, there, cancel), _ => reader.W[there ? "report.mark.done" : "report.unmark.done"], $"#p-{person}", cancel);

    public async Task<IActionResult> OnPostFollowUp(Guid id, CancellationToken cancel) =>
        await Finish(id, await followUps.Send(reader.Id, id, cancel), ReportWords.FollowedUp(reader), "", cancel);

    private async Task<IActionResult> Finish<T>(Guid id, Outcome<T> outcome, Func<T, string> said, string place, CancellationToken cancel)
    {
        switch (outcome.Refusal)
        {
            case null:
                TempData["Flash"] = said(outcome.Value);
                return Redirect($"/webinars/{id}/report{place}");
            case { Code: RefusalCode.NotFound or RefusalCode.NotAllowed } hidden:
                return StatusCode(Auth.Problems.Status(hidden.Code));
            case var refusal:
                return await Load(id, cancel) ?? Refuse(refusal);
        }
    }

    private PageResult Refuse(Refusal refusal)
    {
        Refused = refusal;
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        var webinar = Shown.Attendance.View.Webinar;
        if (refusal.Field is not ("minutes" or "recordingUrl" or "version"))
        {
            Input = ReportForm.Of(webinar);
        }
        if (refusal.Field == "version")
        {
            // The newer text is shown: the next press means it too.
            Input.Version = webinar.Version;
            ModelState.Clear();
        }
        return Page();
    }

    private async Task<IActionResult?> Load(Guid id, CancellationToken cancel)
    {
        var found = await reading.Find(reader, id, cancel);
        if (found.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        Shown = found.Value;
        return null;
    }
}
