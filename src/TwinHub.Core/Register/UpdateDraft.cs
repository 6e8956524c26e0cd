namespace TwinHub.Core.Register;

/// <summary>What somebody sends of a quarterly update.</summary>
/// <param name="Via"><c>page</c>, <c>mail</c> or <c>api</c>.</param>
/// <param name="Version">The one that was read; null: whatever it is.</param>
/// <param name="Language">In which the lines were read: a line that reads as before was not changed.</param>
public sealed record UpdateDraft(string Via, int? Version, string Language)
{
    /// <summary>Nothing to report: what else is sent does not count.</summary>
    public bool NoChange { get; init; }

    /// <summary>False: kept for later, and the reminders go on.</summary>
    public bool Submit { get; init; } = true;

    /// <summary>Null: they stay as they are.</summary>
    public UpdateTexts? Texts { get; init; }

    /// <summary>The lines that were shown or added; others stay as they are.</summary>
    public IReadOnlyList<LineEdit> Lines { get; init; } = [];

    internal const int MaxText = 10_000, MaxContacts = 2_000, MaxLine = 4_000, MaxNotes = 50;

    /// <summary>What cannot be taken; null: nothing.</summary>
    internal Refusal? Check()
    {
        var texts = Texts ?? new("", "", "", "");
        (string Field, string Text, int Most)[] all =
        [
            ("summary", texts.Summary, MaxText), ("bestPractices", texts.BestPractices, MaxText), ("lessonsLearned", texts.LessonsLearned, MaxText),
            ("contacts", texts.Contacts, MaxContacts), .. Lines.Select(line => ("items", line.Text ?? "", MaxLine)),
        ];
        return all.Where(one => one.Text.Length > one.Most).Select(one => new Refusal(RefusalCode.TooLong, null, one.Field)).FirstOrDefault()
            ?? all.Where(one => one.Text.Contains('\0', StringComparison.Ordinal)).Select(one => Refusal.Invalid(one.Field, "error.message.characters")).FirstOrDefault();
    }
}

/// <summary>A line as somebody sends it back.</summary>
/// <param name="Id">As <see cref="DraftLine.Id"/>; null: a new note.</param>
/// <param name="Text">Null: as it was.</param>
public sealed record LineEdit(string? Id, string? Text, bool Included = true);
