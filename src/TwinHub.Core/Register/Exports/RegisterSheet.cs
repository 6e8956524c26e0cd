using System.Globalization;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register.Exports;

/// <summary>Rows and columns in a reader's language; a cell is a text, a day, or nothing.</summary>
internal sealed record RegisterSheet(string Name, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    private const string Between = "; ", Line = "\n";

    /// <summary>A row a group.</summary>
    public static RegisterSheet OfGroups(ArchivedRegister register, Words words)
    {
        var template = NetworkTemplate.Of(register.Network.Template);
        var written = RegisterEntry.Written(template).ToList();
        return new(words["entries.sheet.groups"],
            [.. Names(words, "group", "address", "status", "theme", "basis", "starts", "ends", "partners", "countries", "kinds"), .. written.Select(field => field.Names.In(words.Language)),
                .. Names(words, "activities", "practices", "lessons", "contacts", "newest", "state")],
            [.. register.Entries.Select(entry => Row(entry, template, written, words))]);
    }

    /// <summary>A row a quarter.</summary>
    public static RegisterSheet OfQuarters(ArchivedRegister register, Words words) => new(words["entries.sheet.quarters"],
        [.. Names(words, "group", "address", "quarter", "months", "state", "due", "submitted", "by", "summary", "lines", "practices", "lessons", "contacts")],
        [.. from entry in register.Entries from quarter in entry.Quarters select Row(entry, quarter, words)]);

    private static IReadOnlyList<object?> Row(ArchivedEntry entry, NetworkTemplate template, List<TemplateItem> written, Words words)
    {
        var (group, partners, newest) = (entry.View.Group, entry.View.Partners.Select(partner => partner.Organisation).ToList(), entry.Quarters.Count > 0 ? entry.Quarters[0].Facts : null);
        return
        [
            entry.View.Name(words.Language), group.Slug, words["group.status." + group.Status], group.Themes.In(words.Language), words["group.basis." + group.Basis], group.StartsOn, group.EndsOn,
            Joined(partners.Select(one => one.Names.In(words.Language))), Joined(partners.Select(one => one.Country is null ? "" : words.Country(one.Country)).Distinct()),
            Joined(partners.Select(one => template.KindName(one.Kind, words.Language)).Distinct()), .. written.Select(field => entry.Texts.GetValueOrDefault(field.Key, "")),
            string.Join(Line, entry.Activities.Select(one => $"{Day(one.DoneOn ?? one.BegunOn ?? one.StartsOn)} {one.Title}")), Texts(entry, NotedLesson.Practice), Texts(entry, NotedLesson.Lesson),
            Joined(entry.Contacts.Where(one => one.Name is not null).Select(one => $"{one.Name}, {one.Partner.Organisation.ShortName(words.Language)}, {one.Email}")),
            newest is null ? "" : words.QuarterHead(newest.Quarter), newest is null ? "" : State(newest, words),
        ];
    }

    private static IReadOnlyList<object?> Row(ArchivedEntry entry, ArchivedQuarter quarter, Words words) =>
    [
        entry.View.Name(words.Language), entry.View.Group.Slug, quarter.Facts.Quarter.Label, words.QuarterMonths(quarter.Facts.Quarter), State(quarter.Facts, words), quarter.Facts.DueOn, quarter.Facts.SubmittedOn,
        quarter.Facts.SubmittedBy ?? "", quarter.Texts?.Summary ?? "", string.Join(Line, quarter.Items.Select(item => DraftLine.Of(item).Tell(words, NetworkTemplate.Of(entry.View.Network.Template)))),
        quarter.Texts?.BestPractices ?? "", quarter.Texts?.LessonsLearned ?? "", quarter.Texts?.Contacts ?? "",
    ];

    private static string State(RegisteredQuarter quarter, Words words) => words["entries.state." + quarter.Word];

    private static string Texts(ArchivedEntry entry, string kind) => string.Join(Line + Line, entry.Noted.Where(one => one.Kind == kind).Select(one => one.Text));

    private static string Joined(IEnumerable<string> texts) => string.Join(Between, texts.Where(text => text.Length > 0));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(Words words, params string[] columns) => columns.Select(column => words["entries.column." + column]);
}
