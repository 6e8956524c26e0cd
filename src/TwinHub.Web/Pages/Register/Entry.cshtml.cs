using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Register;

/// <summary>A group's entry in the register, as a paper.</summary>
public sealed class EntryModel(Reader reader, RegisterEntryReader entries) : PageModel
{
    public RegisterEntry Entry { get; private set; } = null!;

    /// <summary>The group's own pages are the reader's to see too.</summary>
    public bool ShowsGroup { get; private set; }

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel)
    {
        var found = await entries.Find(reader.Id, slug, null, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        (Entry, ShowsGroup) = (found.Value, (await reader.News()).Any(one => one.View.Group.Slug == slug));
        return Page();
    }
}

/// <summary>What the paper shows: the whole entry, or one of its quarters.</summary>
/// <param name="ShowsGroup">The group's own pages are the reader's to see too.</param>
public sealed record EntryView(RegisterEntry Entry, bool IsWhole, bool ShowsGroup)
{
    public const int Newest = 10, NewestNoted = 5;

    /// <summary>Of a quarter what it says itself; of the whole entry all that was noted.</summary>
    public IEnumerable<NotedLesson> Of(string kind, Core.Text.Words words) => IsWhole ? Entry.Of(kind).Take(NewestNoted) : Said(kind, words);

    /// <summary>The lines of the quarter that tell what happened; practices and lessons stand under their own headings.</summary>
    public IEnumerable<string> Lines(Core.Text.Words words) => Items().Where(item => !NotedLesson.Kinds.Contains(item.Kind)).Select(item => DraftLine.Of(item).Tell(words, Template));

    private IEnumerable<NotedLesson> Said(string kind, Core.Text.Words words)
    {
        var quarter = Entry.Shown!.Facts.Quarter;
        var written = kind == NotedLesson.Practice ? Entry.Shown.Texts.BestPractices : Entry.Shown.Texts.LessonsLearned;
        return Items().Where(item => item.Kind == kind).Select(item => DraftLine.Of(item).Tell(words, Template)).Append(written).Where(text => text.Length > 0)
            .Select(text => new NotedLesson(Entry.View.Group.Id, kind, text, quarter.EndsOn, quarter, []));
    }

    private Core.Networks.NetworkTemplate Template => Core.Networks.NetworkTemplate.Of(Entry.View.Network.Template);

    private IReadOnlyList<UpdateItem> Items() => Entry.Shown?.Items ?? [];
}
