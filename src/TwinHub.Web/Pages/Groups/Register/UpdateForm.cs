using TwinHub.Core.Networks;
using TwinHub.Core.Register;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Groups.Register;

/// <summary>A quarterly update as it was typed: nothing of it is lost when something is refused.</summary>
public sealed class UpdateForm
{
    /// <summary>The version the reader saw when the form was shown.</summary>
    public int? Version { get; set; }

    public List<UpdateFormLine> Lines { get; set; } = [];

    /// <summary>New lines; empty ones do not count.</summary>
    public List<string?> Added { get; set; } = [];
    public string? Summary { get; set; }
    public string? BestPractices { get; set; }
    public string? LessonsLearned { get; set; }
    public string? Contacts { get; set; }

    public static UpdateForm Of(UpdateView view, Words words, NetworkTemplate template) => new()
    {
        Version = view.Update.Version,
        Lines = [.. view.Lines.Select(line => new UpdateFormLine { Id = line.Id, Text = line.TellIsolated(words, template), Included = line.Included })],
        Summary = view.Texts.Summary, BestPractices = view.Texts.BestPractices, LessonsLearned = view.Texts.LessonsLearned, Contacts = view.Texts.Contacts,
    };

    public UpdateDraft Draft(string language, bool submit) => new("page", Version, language)
    {
        Submit = submit,
        Texts = new(Text(Summary), Text(BestPractices), Text(LessonsLearned), Text(Contacts)),
        Lines = [.. Lines.Select(line => new LineEdit(line.Id ?? "", line.Text, line.Included)), .. Added.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => new LineEdit(null, text))],
    };

    private static string Text(string? typed) => typed?.ReplaceLineEndings("\n").Trim() ?? "";
}

/// <summary>A line as it was typed.</summary>
public sealed class UpdateFormLine
{
    public string? Id { get; set; }
    public string? Text { get; set; }
    public bool Included { get; set; }
}
