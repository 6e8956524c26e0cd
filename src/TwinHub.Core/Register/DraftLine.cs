using System.Text.Json;
using Microsoft.AspNetCore.Html;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register;

/// <summary>
/// A line of a quarterly update. It keeps the facts of the record it tells of and is told in each reader's language, until
/// somebody writes it in own words.
/// </summary>
/// <param name="Kind">As <see cref="UpdateItem.Kind"/>.</param>
/// <param name="Text">Own words; null: told from the facts.</param>
/// <param name="Changed">Somebody changed it, left it out or wrote it.</param>
public sealed record DraftLine(string Kind, Guid SourceId, LineFacts Facts, string? Text = null, bool Included = true, bool Changed = false)
{
    /// <summary>A line that people write themselves.</summary>
    public const string Note = "note";

    /// <summary>The order of an update: what was done, what was said of it, what was learned, what people add.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["activity_begun", "activity_done", "webinar", "stock", "milestone", "review", "document", "practice", "lesson", "decision", Note];

    /// <summary>At most 40 characters: part of the contract's ids.</summary>
    public string Id => $"{Prefix(Kind)}{SourceId:N}";

    /// <summary>A stored line.</summary>
    public static DraftLine Of(UpdateItem item) => new(item.Kind, item.SourceId, LineFacts.FromJson(item.Facts), item.Text, item.Included, item.PersonId is not null);

    /// <summary>The line in the reader's language.</summary>
    public string Tell(Words words, NetworkTemplate template) => Text ?? (Sentence(words, template) is var (key, values) && key is not null ? words.Say(key, values) : Facts.Title);

    /// <summary>As <see cref="Tell"/>, for plain text and text fields: what people wrote stands isolated, so that it turns nothing round.</summary>
    public string TellIsolated(Words words, NetworkTemplate template) => Text ?? (Sentence(words, template) is var (key, values) && key is not null ? words.Isolated(key, values) : Facts.Title);

    /// <summary>As <see cref="Tell"/>, for a page.</summary>
    public IHtmlContent TellHtml(Words words, NetworkTemplate template) =>
        Text is null && Sentence(words, template) is var (key, values) && key is not null ? words.Html(key, values) : new HtmlString(Markup.Encode(Text ?? Facts.Title));

    /// <summary>Reads an id of <see cref="Id"/>; null: it is none.</summary>
    public static (string Kind, Guid SourceId)? Parse(string? id) =>
        id is { Length: > 32 } && Kinds.FirstOrDefault(kind => Prefix(kind) == id[..^32]) is { } known && Guid.TryParseExact(id[^32..], "N", out var source) ? (known, source) : null;

    /// <summary>A key and its values; no key: the record's own words.</summary>
    private (string? Key, (string, object?)[] Values) Sentence(Words words, NetworkTemplate template) => Kind switch
    {
        "activity_begun" or "activity_done" => ($"register.line.{Kind}", [("title", Facts.Title), ("kind", KindName(template, words.Language)), ("days", Days(words))]),
        "webinar" when Facts.People > 0 => (words.FormOf("register.line.webinar_attended", Facts.People), [("title", Facts.Title), ("day", words.ShortDate(Facts.Day)), ("n", words.Number(Facts.People))]),
        "webinar" or "milestone" => ($"register.line.{Kind}", [("title", Facts.Title), ("day", words.ShortDate(Facts.Day))]),
        DocumentLines.Kind when Facts.Sort == DocumentLines.Several => (words.FormOf("register.line.documents", Facts.Documents), [("n", words.Number(Facts.Documents)), ("title", Facts.Title)]),
        DocumentLines.Kind => ("register.line.document_" + (Facts.Sort == DocumentLines.Renewed ? DocumentLines.Renewed : DocumentLines.Added), [("title", Facts.Title)]),
        "review" when Facts.Title.Length == 0 => ("register.line.final_review", []),
        "review" => ("register.line.review", [("title", Facts.Title)]),
        _ => (null, []),
    };

    private static string Prefix(string kind) => kind switch { "activity_begun" => "begun-", "activity_done" => "done-", "webinar" => "web-", "decision" => "dec-", "practice" => "good-", "document" => "doc-", "milestone" => "mile-", _ => kind + "-" };

    private string KindName(NetworkTemplate template, string language) =>
        template.ActivityKinds.FirstOrDefault(kind => kind.Key == Facts.Sort)?.Names.In(language) ?? Facts.Sort ?? "";

    private string Days(Words words) => Facts.Until is { } until && until != Facts.Day
        ? words.Say("register.line.days", ("from", words.ShortDate(Facts.Day)), ("to", words.ShortDate(until))) : words.ShortDate(Facts.Day);
}

/// <summary>What a line tells of, as stored.</summary>
/// <param name="Title">The record's own words.</param>
/// <param name="Sort">The key of the activity's kind; of a document whether it is <c>added</c>, <c>renewed</c> or <c>several</c>.</param>
/// <param name="People">How many took part.</param>
public sealed record LineFacts(string Title, DateOnly Day, DateOnly? Until = null, string? Sort = null, int People = 0)
{
    /// <summary>How many documents share the line.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public int Documents { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static LineFacts FromJson(string json) => JsonSerializer.Deserialize<LineFacts>(json, JsonSerializerOptions.Web)!;
}
