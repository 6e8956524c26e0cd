using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Groups.Register;

/// <summary>One quarterly update: its draft to edit and submit, or what was submitted.</summary>
public sealed class UpdateModel(Reader reader, GroupService groups, UpdateReader updates, RegisterService register) : PageModel
{
    private const int EmptyLines = 2;

    private GroupUpdates _found = null!;

    /// <summary>Null: who keeps the register without being in the group has no way into the group's other parts.</summary>
    public GroupDetails? Details { get; private set; }

    public GroupView Group => _found.Group;

    public UpdateView Shown => _found.Updates[0];

    public bool MayWrite => _found.Seat.MayWrite && !Group.Group.IsClosed;

    public bool MayUndo => RegisterService.MayUndo(Shown.Update, reader.Now);

    public bool IsForm { get; private set; }

    public Refusal? Refused { get; private set; }

    [BindProperty] public UpdateForm Input { get; set; } = new();

    /// <summary>What was added and not saved, then empty lines.</summary>
    public IEnumerable<(string? Text, int Number)> NewLines => Input.Added.Concat(new string?[EmptyLines]).Select((text, i) => (text, i));

    public DraftLine? SourceOf(string? id) => Shown.Lines.FirstOrDefault(line => line.Id == id);

    public async Task<IActionResult> OnGet(string slug, string quarter, string? edit, CancellationToken cancel)
    {
        if (!await Load(slug, quarter, cancel))
        {
            return NotFound();
        }
        IsForm = MayWrite && (!Shown.IsIn || edit is not null);
        Input = UpdateForm.Of(Shown, reader.W, NetworkTemplate.Of(Group.Network.Template));
        return Page();
    }

    public Task<IActionResult> OnPost(string slug, string quarter, CancellationToken cancel) =>
        Save(slug, quarter, Input.Draft(reader.Language, submit: true), "register.form.submitted", cancel);

    public Task<IActionResult> OnPostKeep(string slug, string quarter, CancellationToken cancel) =>
        Save(slug, quarter, Input.Draft(reader.Language, submit: false), "register.form.kept", cancel);

    public Task<IActionResult> OnPostNothing(string slug, string quarter, CancellationToken cancel) =>
        Save(slug, quarter, new UpdateDraft("page", null, reader.Language) { NoChange = true }, "register.form.submitted", cancel);

    public async Task<IActionResult> OnPostUndo(string slug, string quarter, CancellationToken cancel) =>
        await Finish(slug, quarter, await register.Undo(reader.Id, slug, quarter, cancel), "register.form.undone", cancel);

    private async Task<IActionResult> Save(string slug, string quarter, UpdateDraft draft, string said, CancellationToken cancel) =>
        await Finish(slug, quarter, await register.Save(reader.Id, slug, quarter, draft, cancel), said, cancel);

    private async Task<IActionResult> Finish(string slug, string quarter, Outcome<QuarterlyUpdate> outcome, string said, CancellationToken cancel)
    {
        if (outcome.Refusal is not { } refusal)
        {
            TempData["Flash"] = reader.W[said];
            return Redirect($"/groups/{slug}/register/{quarter}");
        }
        // Who only reads the register has no such page to send from.
        if (!await Load(slug, quarter, cancel))
        {
            return NotFound();
        }
        if (refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Refused, IsForm) = (refusal, MayWrite);
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        // Saved again, it goes over what is there now: both stand on this page.
        Input.Version = Shown.Update.Version;
        ModelState.Clear();
        return Page();
    }

    private async Task<bool> Load(string slug, string quarter, CancellationToken cancel)
    {
        var found = await updates.Find(reader.Id, slug, quarter, cancel);
        if (found.Refusal is not null || !found.Value.Seat.IsInside)
        {
            return false;
        }
        var details = await groups.Find(reader.Id, slug, cancel);
        (_found, Details) = (found.Value, details.Refusal is null ? details.Value : null);
        return true;
    }
}
