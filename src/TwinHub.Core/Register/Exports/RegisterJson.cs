using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register.Exports;

/// <summary>The register for programs: entries with all their quarters; states, statuses and kinds by their keys, names in the reader's language.</summary>
internal static class RegisterJson
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Write(ArchivedRegister register, Words words) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        network = register.Network.Slug, name = register.Network.Names.In(words.Language), entries = register.Entries.Select(entry => Entry(entry, NetworkTemplate.Of(register.Network.Template), words)),
    }, Form);

    private static object Entry(ArchivedEntry entry, NetworkTemplate template, Words words)
    {
        var group = entry.View.Group;
        return new
        {
            group = group.Slug, name = entry.View.Name(words.Language), status = group.Status, theme = group.Themes.In(words.Language), basis = group.Basis, concept = group.Concept, startsOn = group.StartsOn, endsOn = group.EndsOn,
            partners = entry.View.Partners.Select(partner => new { id = partner.Organisation.Id, name = partner.Organisation.Names.In(words.Language), kind = partner.Organisation.Kind, country = partner.Organisation.Country, city = partner.Organisation.City?.In(words.Language) }),
            texts = RegisterEntry.Written(template).ToDictionary(field => field.Key, field => entry.Texts.GetValueOrDefault(field.Key, "")),
            activities = entry.Activities.Select(one => new { title = one.Title, kind = one.Kind, state = one.State, startsOn = one.StartsOn, endsOn = one.EndsOn, begunOn = one.BegunOn, doneOn = one.DoneOn }),
            practices = Noted(entry, NotedLesson.Practice), lessons = Noted(entry, NotedLesson.Lesson),
            contacts = entry.Contacts.Where(one => one.Name is not null).Select(one => new { name = one.Name, email = one.Email, organisation = one.Partner.Organisation.Names.In(words.Language) }),
            quarters = entry.Quarters.Select(one => Quarter(one, words, template)),
        };
    }

    private static IEnumerable<object> Noted(ArchivedEntry entry, string kind) => entry.Noted.Where(one => one.Kind == kind)
        .Select(one => new { text = one.Text, on = one.On, quarter = one.Quarter?.Label, told = one.Told.Select(told => new { audience = told.Audience, on = told.On }) });

    private static object Quarter(ArchivedQuarter quarter, Words words, NetworkTemplate template) => new
    {
        quarter = quarter.Facts.Quarter.Label, state = quarter.Facts.State, dueOn = quarter.Facts.DueOn, noChange = quarter.Facts.NoChange, submittedAt = quarter.Facts.SubmittedAt?.UtcDateTime, submittedBy = quarter.Facts.SubmittedBy,
        summary = quarter.Texts?.Summary, items = quarter.Items.Select(item => new { kind = item.Kind, text = DraftLine.Of(item).Tell(words, template) }),
        bestPractices = quarter.Texts?.BestPractices, lessonsLearned = quarter.Texts?.LessonsLearned, contacts = quarter.Texts?.Contacts,
    };
}
