using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Register;

/// <summary>Writing what a group says of itself in the register; what somebody else saved meanwhile is shown beside what was typed.</summary>
public sealed class EditModel(Reader reader, RegisterEntryReader entries, RegisterTextService texts) : PageModel
{
    public RegisterEntry Entry { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    [BindProperty] public List<FieldInput> Fields { get; set; } = [];

    public string Label(FieldInput input) => Entry.Texts.First(one => one.Field.Key == input.Field).Field.Names.In(reader.Language);

    /// <summary>What stands in a field by now, where it is not what the form was filled from; null: nobody touched it.</summary>
    public string? Newer(FieldInput input) => Refused?.Code == RefusalCode.Conflict && input.IsStale ? Standing(input) : null;

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel)
    {
        if (await Load(slug, cancel) is { } hidden)
        {
            return hidden;
        }
        Fields = [.. Entry.Texts.Select(one => new FieldInput { Field = one.Field.Key, Text = one.Text, Seen = TextEdit.Mark(one.Text) })];
        return Page();
    }

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel)
    {
        var saved = await texts.Save(reader.Id, slug, [.. Fields.Select(one => new TextEdit(one.Field ?? "", one.Text, one.Seen))], cancel);
        if (saved.Refusal is null)
        {
            TempData["Flash"] = reader.W["form.saved"];
            return Redirect("/register/" + slug);
        }
        return await Load(slug, cancel) ?? Show(saved.Refusal);
    }

    /// <summary>The form as it was typed. The next attempt knows what stands there now, so that it may replace it.</summary>
    private PageResult Show(Refusal refused)
    {
        (Refused, Response.StatusCode) = (refused, Auth.Problems.Status(refused.Code));
        Fields = [.. Fields.Where(input => Entry.Texts.Any(one => one.Field.Key == input.Field))];
        foreach (var input in Fields)
        {
            var now = TextEdit.Mark(Standing(input));
            input.IsStale = refused.Code == RefusalCode.Conflict && input.Seen != now;
            input.Seen = refused.Code == RefusalCode.Conflict ? now : input.Seen;
        }
        ModelState.Clear();
        return Page();
    }

    private string Standing(FieldInput input) => Entry.Texts.First(one => one.Field.Key == input.Field).Text;

    private async Task<IActionResult?> Load(string slug, CancellationToken cancel)
    {
        var found = await entries.Find(reader.Id, slug, null, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        Entry = found.Value;
        return Entry.MayEdit ? null : StatusCode(Entry.View.Group.IsClosed ? 409 : 403);
    }
}

/// <summary>One field of the form.</summary>
public sealed class FieldInput
{
    public string? Field { get; set; }
    public string? Text { get; set; }

    /// <summary>The mark of the text the form was filled from.</summary>
    public string? Seen { get; set; }

    /// <summary>Something else stands there by now.</summary>
    internal bool IsStale { get; set; }
}
